import { FormulaError } from './formula-error.ts';

/** `null` is the type of the NULL literal, which fits everywhere. */
export type FormulaType =
  'number' | 'text' | 'boolean' | 'date' | 'datetime' | 'time' | 'picklist' | 'multipicklist' | 'null';

/**
 * A value while a formula runs: dates are days since 1970-01-01, datetimes epoch milliseconds, times milliseconds of the
 * day, ids 15 characters, blank text null.
 */
export type FormulaValue = string | number | boolean | null;

/** What a formula may ask while it runs. */
export type FormulaRun = {
  readonly now: number;
  readonly timeZone: string;
  readonly isNew: boolean;
};

/** A field that a formula names, resolved when the formula was compiled. */
export type FormulaField<Run extends FormulaRun = FormulaRun> = {
  readonly path: string;
  readonly type: FormulaType;
  /** True for fields of the record itself, the only ones that have a prior value. */
  readonly own: boolean;
  read(run: Run): FormulaValue;
  readPrior(run: Run): FormulaValue;
};

/** A part of a formula, checked and ready to run. */
export type Compiled<Run extends FormulaRun = FormulaRun> = {
  readonly type: FormulaType;
  readonly run: (run: Run) => FormulaValue;
  readonly field?: FormulaField<Run>;
  readonly literal?: FormulaValue;
};

const TYPE_NAMES: Readonly<Record<FormulaType, string>> = {
  number: 'Number',
  text: 'Text',
  boolean: 'Boolean',
  date: 'Date',
  datetime: 'DateTime',
  time: 'Time',
  picklist: 'Picklist',
  multipicklist: 'Multi-Select Picklist',
  null: 'Null',
};

/** Throws unless the part has one of the types; `place` is `function 'LEN()'` or `operator '&'`. */
export function expectType(part: Compiled<never>, types: readonly FormulaType[], place: string): void {
  if (part.type === 'null' || types.includes(part.type)) return;
  if (part.type === 'picklist' || part.type === 'multipicklist') {
    const kind = part.type === 'picklist' ? 'picklist' : 'multi-select picklist';
    const plural = kind.charAt(0).toUpperCase() + kind.slice(1);
    throw new FormulaError(
      `Field ${part.field?.path ?? ''} is a ${kind} field. ${plural} fields are only supported in certain functions.`,
    );
  }
  const expected = types.map((type) => TYPE_NAMES[type]).join(', ');
  throw new FormulaError(
    `Incorrect parameter type for ${place}. Expected ${expected}, received ${TYPE_NAMES[part.type]}`,
  );
}

/** The type two parts have in common; throws when they have none. */
export function commonType(left: Compiled<never>, right: Compiled<never>, place: string): FormulaType {
  for (const part of [left, right]) {
    if (part.type === 'picklist' || part.type === 'multipicklist') expectType(part, [], place);
  }
  if (left.type === 'null') return right.type;
  expectType(right, [left.type], place);
  return left.type;
}
