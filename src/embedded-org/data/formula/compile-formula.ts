import { expectType, type Compiled, type FormulaField, type FormulaRun, type FormulaType } from './compiled.ts';
import { FormulaError } from './formula-error.ts';
import { dateFunctions } from './functions/date-functions.ts';
import { fieldFunctions } from './functions/field-functions.ts';
import type { FunctionTable } from './functions/function-def.ts';
import { logicFunctions } from './functions/logic-functions.ts';
import { numberFunctions } from './functions/number-functions.ts';
import { textFunctions } from './functions/text-functions.ts';
import { compileBinary, compileUnary } from './operators.ts';
import { parseFormula, type FormulaNode } from './parse-formula.ts';

/** Where a formula's names come from; returns undefined for a name that does not exist. */
export type FormulaScope<Run extends FormulaRun> = {
  readonly field: (path: string) => FormulaField<Run> | undefined;
};

const FUNCTIONS: FunctionTable = {
  ...logicFunctions,
  ...fieldFunctions,
  ...textFunctions,
  ...numberFunctions,
  ...dateFunctions,
};
const LONGEST = 3900;

/**
 * Compiles a formula against a scope, checking syntax, names and types.
 *
 * Throws FormulaError in the platform's words. `result` is the type the formula must have, if any is wanted.
 */
export function compileFormula<Run extends FormulaRun>(
  source: string,
  scope: FormulaScope<Run>,
  result?: FormulaType,
): Compiled<Run> {
  if (source.length > LONGEST) {
    throw new FormulaError(
      `Formula is too long (${source.length} characters).  Maximum length is ${LONGEST} characters`,
    );
  }
  const compiled = compileNode(parseFormula(source), scope);
  if (result !== undefined && compiled.type !== result && compiled.type !== 'null') {
    throw wrongResult(compiled, result);
  }
  return compiled;
}

function compileNode(node: FormulaNode, scope: FormulaScope<FormulaRun>): Compiled {
  switch (node.kind) {
    case 'field':
      return compileField(node.path, scope);
    case 'call':
      return compileCall(node.name, node.args, scope);
    case 'unary':
      return compileUnary(node.operator, compileNode(node.operand, scope));
    case 'binary':
      return compileBinary(node.operator, compileNode(node.left, scope), compileNode(node.right, scope));
    default:
      return compileLiteral(node.value);
  }
}

function compileLiteral(value: string | number | boolean | null): Compiled {
  const literal = value === '' ? null : value;
  const type = value === null ? 'null' : typeof value === 'string' ? 'text' : typeof value;
  return { type: type as FormulaType, literal, run: () => literal };
}

function compileField(path: string, scope: FormulaScope<FormulaRun>): Compiled {
  const field = scope.field(path);
  if (!field) throw new FormulaError(`Field ${path} does not exist. Check spelling.`);
  return { type: field.type, field, run: (run) => field.read(run) };
}

function compileCall(name: string, args: readonly FormulaNode[], scope: FormulaScope<FormulaRun>): Compiled {
  const definition = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!definition) throw new FormulaError(`Unknown function ${name}. Check spelling.`);
  const place = `function '${name}()'`;
  if (args.length < definition.least || args.length > definition.most) {
    const expected = args.length < definition.least ? definition.least : definition.most;
    throw new FormulaError(
      `Incorrect number of parameters for ${place}. Expected ${expected}, received ${args.length}`,
    );
  }
  return definition.compile(
    args.map((arg) => compileNode(arg, scope)),
    place,
  );
}

function wrongResult(compiled: Compiled, result: FormulaType): FormulaError {
  try {
    expectType(compiled, [result], 'formula');
  } catch (error) {
    if (compiled.type === 'picklist' || compiled.type === 'multipicklist') return error as FormulaError;
  }
  const name = (type: FormulaType): string => type.charAt(0).toUpperCase() + type.slice(1);
  return new FormulaError(
    `Formula result is data type (${name(compiled.type)}), incompatible with expected data type (${name(result)}).`,
  );
}
