import { planFor, type StoredRow, type StoredValue } from '../dml/object-plan.ts';
import type { OrgCore } from '../org-core.ts';
import type { FieldDef, ObjectDef } from '../types.ts';
import type { Compiled, FormulaType, FormulaValue } from './compiled.ts';
import { compileFormula } from './compile-formula.ts';
import { isoDay, timeText } from './format-value.ts';
import { FormulaError } from './formula-error.ts';
import { viewerOf } from './formula-viewer.ts';
import type { RecordRun } from './record-run.ts';
import { recordScope } from './record-scope.ts';

const FUNCTION = 'org_formula';

/** The SQL that reads a formula field, for the field's definition; names come from the schema only. */
export const formulaSql = (objectName: string, fieldName: string): string =>
  `${FUNCTION}('${objectName}', '${fieldName}', {Id})`;

/**
 * Lets queries read formula fields: SQLite calls back for each row.
 *
 * A formula that fails for a row, as by a division by zero, is blank there, as the API shows `#Error!`.
 */
export function registerFormulaFields(core: OrgCore): void {
  const compiled = new WeakMap<FieldDef, Compiled<RecordRun>>();
  core.db.function(FUNCTION, (objectName, fieldName, id) => {
    const object = core.schema.find(String(objectName));
    const field = object && core.schema.field(object, String(fieldName));
    if (!object || field?.formula === undefined) return null;
    let formula = compiled.get(field);
    if (!formula) compiled.set(field, (formula = compileFormula(field.formula, fieldScope(core, object, field))));
    return evaluate(core, object, field, formula, String(id));
  });
}

const fieldScope = (core: OrgCore, object: ObjectDef, field: FieldDef) =>
  recordScope(core, object, { blanksAsZero: field.formulaTreatBlanksAsZero === true });

function evaluate(
  core: OrgCore,
  object: ObjectDef,
  field: FieldDef,
  formula: Compiled<RecordRun>,
  id: string,
): StoredValue {
  const row = planFor(core, object).select.get(id) as StoredRow | undefined;
  if (!row) return null;
  const user = viewerOf(core);
  const run: RecordRun = {
    core,
    user,
    row,
    old: undefined,
    now: core.clock.now(),
    timeZone: user.timeZone,
    isNew: false,
  };
  try {
    return toStored(formula.type, field, formula.run(run));
  } catch (error) {
    if (error instanceof FormulaError) return null;
    throw error;
  }
}

function toStored(type: FormulaType, field: FieldDef, value: FormulaValue): StoredValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === null) return type === 'boolean' ? 0 : null;
  if (type === 'date') return isoDay(Number(value));
  if (type === 'time') return `${timeText(Number(value))}Z`;
  return field.type === 'percent' ? Number(value) * 100 : value;
}
