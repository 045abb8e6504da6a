import { toId18 } from '../data/ids.ts';
import { ActionError, type ActionInput, type ActionInputs, inputsIn, type StandardAction } from './standard-action.ts';

/** Checks the names, types and presence of one input's values and returns those that are given; throws ActionError. */
export function checkInputs(action: StandardAction, version: number, given: unknown): ActionInputs {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new ActionError('INVALID_API_INPUT', 'Each of the inputs must be an object');
  }
  const known = new Map(inputsIn(action, version).map((input) => [input.name, input]));
  const values = Object.entries(given).filter(([, value]) => value !== null && value !== '');
  for (const [name, value] of values) {
    const input = known.get(name);
    if (!input) {
      throw new ActionError('INVALID_API_INPUT', `The action ${action.name} has no input parameter ${name}`, [name]);
    }
    checkType(input, value);
  }
  const present = new Set(values.map(([name]) => name));
  const missing = [...known.values()].find((input) => input.required && !present.has(input.name));
  if (missing) throw missingInput(missing.name);
  return Object.fromEntries(values);
}

export const missingInput = (name: string): ActionError =>
  new ActionError('MISSING_ARGUMENT', `Missing required input parameter: ${name}`, [name]);

function checkType({ name, type, many }: ActionInput, value: unknown): void {
  const each = many && Array.isArray(value) ? value : [value];
  const isRight = type === 'BOOLEAN' ? isBoolean : type === 'REFERENCE' ? isId : isString;
  if (each.every(isRight)) return;
  const wanted = type === 'REFERENCE' ? 'a record id' : type.toLowerCase();
  throw new ActionError('INVALID_ARGUMENT_TYPE', `Invalid value for input parameter ${name}: expected ${wanted}`, [
    name,
  ]);
}

const isBoolean = (value: unknown): boolean => typeof value === 'boolean' || value === 'true' || value === 'false';
const isString = (value: unknown): boolean => typeof value === 'string';
const isId = (value: unknown): boolean => typeof value === 'string' && toId18(value) !== undefined;
