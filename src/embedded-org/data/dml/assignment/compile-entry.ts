import type { FormulaField, FormulaValue } from '../../formula/compiled.ts';
import { compileFormula } from '../../formula/compile-formula.ts';
import { dayOf } from '../../formula/format-value.ts';
import { FormulaError } from '../../formula/formula-error.ts';
import { toInstant } from '../../formula/instant.ts';
import type { RecordRun } from '../../formula/record-run.ts';
import { recordScope } from '../../formula/record-scope.ts';
import type { OrgCore } from '../../org-core.ts';
import type { ObjectDef } from '../../types.ts';
import type { AssignmentEntry, Criterion } from './assignment-rules.ts';

type Test = (run: RecordRun) => boolean;

/** Compiles the condition of an entry; one without criteria and formula always holds. */
export function compileEntry(core: OrgCore, object: ObjectDef, entry: AssignmentEntry): Test {
  if (entry.formula !== undefined) {
    const formula = compileFormula(entry.formula, recordScope(core, object), 'boolean');
    return (run) => formula.run(run) === true;
  }
  const tests = entry.criteria.map((each) => compileCriterion(core, object, each));
  if (entry.booleanFilter === undefined) return (run) => tests.every((test) => test(run));
  return compileFilter(entry.booleanFilter, tests);
}

/** `1 AND (2 OR NOT 3)`, where numbers count the criteria from one. */
function compileFilter(filter: string, tests: readonly Test[]): Test {
  const source = filter
    .replace(/\bAND\b/gi, '&&')
    .replace(/\bOR\b/gi, '||')
    .replace(/\bNOT\b/gi, '!')
    .replace(/\d+/g, (number) => `criterion${number}`);
  const field = (path: string): FormulaField<RecordRun> | undefined => {
    const test = tests[Number(path.replace('criterion', '')) - 1];
    return test && { path, type: 'boolean', own: true, read: test, readPrior: test };
  };
  const compiled = compileFormula(source, { field }, 'boolean');
  return (run) => compiled.run(run) === true;
}

function compileCriterion(core: OrgCore, object: ObjectDef, criterion: Criterion): Test {
  const field = recordScope(core, object).field(criterion.field);
  if (!field) throw new FormulaError(`Field ${criterion.field} does not exist. Check spelling.`);
  const compare = Object.hasOwn(OPERATIONS, criterion.operation) ? OPERATIONS[criterion.operation] : undefined;
  if (!compare) throw new FormulaError(`'${criterion.operation}' is not a valid value for the enum 'FilterOperation'`);
  const choices = criterion.value.split(',').map((text) => toComparable(field, text.trim()));
  return (run) => compare(fold(field.read(run)), choices);
}

/** Texts compare without regard to case, blank equals an empty value. */
const fold = (value: FormulaValue): FormulaValue => (typeof value === 'string' ? value.toLowerCase() : value);

function toComparable(field: FormulaField<RecordRun>, text: string): FormulaValue {
  if (text === '') return null;
  switch (field.type) {
    case 'number':
      return Number(text.replaceAll(/[,$%]/g, ''));
    case 'boolean':
      return text.toLowerCase() === 'true' || text === '1';
    case 'date':
      return toInstant(text) === undefined ? null : dayOf(text.slice(0, 10));
    case 'datetime':
      return toInstant(text) ?? null;
    default:
      return text.toLowerCase();
  }
}

type Operation = (value: FormulaValue, choices: readonly FormulaValue[]) => boolean;

const some =
  (test: (value: string | number | boolean, choice: string | number | boolean) => boolean): Operation =>
  (value, choices) =>
    choices.some((choice) => value !== null && choice !== null && test(value, choice));
const not =
  (operation: Operation): Operation =>
  (value, choices) =>
    !operation(value, choices);

const equals: Operation = (value, choices) => choices.some((choice) => value === choice);
const contains = some((value, choice) => String(value).includes(String(choice)));
const includes = some((value, choice) => String(value).split(';').includes(String(choice)));

const OPERATIONS: Readonly<Record<string, Operation>> = {
  equals,
  notEqual: not(equals),
  lessThan: some((value, choice) => value < choice),
  greaterThan: some((value, choice) => value > choice),
  lessOrEqual: some((value, choice) => value <= choice),
  greaterOrEqual: some((value, choice) => value >= choice),
  contains,
  notContain: not(contains),
  startsWith: some((value, choice) => String(value).startsWith(String(choice))),
  includes,
  excludes: not(includes),
};
