import { planFor, type ObjectPlan, type StoredRow, type StoredValue } from '../dml/object-plan.ts';
import type { OrgCore } from '../org-core.ts';
import { quoteName } from '../quote-name.ts';
import type { FieldDef, ObjectDef } from '../types.ts';
import type { FormulaField, FormulaType, FormulaValue } from './compiled.ts';
import { compileFormula, type FormulaScope } from './compile-formula.ts';
import { dayOf } from './format-value.ts';
import { FormulaError } from './formula-error.ts';
import { globalField } from './global-scope.ts';
import type { RecordRun } from './record-run.ts';

/** Formula fields may take blank numbers for zero; rules and defaults never do. */
type ScopeOptions = { readonly blanksAsZero?: boolean };

const withZeros = (field: FormulaField<RecordRun>): FormulaField<RecordRun> => ({
  ...field,
  read: (run) => field.read(run) ?? 0,
  readPrior: (run) => field.readPrior(run) ?? 0,
});

/** Steps over relationships that one path may take. */
const LONGEST_PATH = 10;
/** Formula fields that may build on each other. */
const DEEPEST = 20;

/** The names that a rule or formula of an object may use: its fields, those of its parents, and `$User` and the like. */
export function recordScope(core: OrgCore, object: ObjectDef, options: ScopeOptions = {}): FormulaScope<RecordRun> {
  return {
    field: (path) => {
      if (path.startsWith('$')) return globalField(core, path, (global) => recordScope(core, global));
      const steps = path.split('.');
      if (steps.length > LONGEST_PATH) return undefined;
      const field = resolve(core, object, steps, path);
      return field && options.blanksAsZero && field.type === 'number' ? withZeros(field) : field;
    },
  };
}

function resolve(
  core: OrgCore,
  object: ObjectDef,
  steps: readonly string[],
  path: string,
): FormulaField<RecordRun> | undefined {
  const [first = '', ...rest] = steps;
  if (rest.length === 0) return ownField(core, object, first, path);
  const [relationship = '', target] = first.split(':');
  const reference = core.schema.relationship(object, relationship);
  if (!reference) return undefined;
  const wanted = target === 'Queue' ? 'Group' : (target ?? reference.referenceTo?.[0]);
  const parent = wanted && reference.referenceTo?.includes(wanted) ? core.schema.find(wanted) : undefined;
  const inner = parent && resolve(core, parent, rest, path);
  if (!parent || !inner) return undefined;
  const through = (run: RecordRun, id: StoredValue | undefined): FormulaValue => {
    const row = typeof id === 'string' && id.startsWith(parent.keyPrefix) ? parentRow(run, parent, id) : undefined;
    return row ? inner.read({ ...run, row, old: undefined }) : null;
  };
  return {
    path,
    type: inner.type,
    own: false,
    read: (run) => through(run, run.row[reference.name]),
    readPrior: (run) => through(run, run.old?.[reference.name]),
  };
}

function parentRow(run: RecordRun, parent: ObjectDef, id: string): StoredRow | undefined {
  const sql = `select * from ${quoteName(parent.name)} where "Id" = ?`;
  return planFor(run.core, parent).prepare(sql).get(id) as StoredRow | undefined;
}

function ownField(core: OrgCore, object: ObjectDef, name: string, path: string): FormulaField<RecordRun> | undefined {
  const field = core.schema.field(object, name);
  if (!field || field.type === 'address') return undefined;
  const value = reader(core, object, field);
  return {
    path: path.endsWith(name) ? path.slice(0, path.length - name.length) + field.name : path,
    type: TYPES[field.type] ?? 'text',
    own: true,
    read: (run) => value(run, run.row),
    readPrior: (run) => (run.old ? value(run, run.old) : null),
  };
}

type Reader = (run: RecordRun, row: StoredRow) => FormulaValue;

function reader(core: OrgCore, object: ObjectDef, field: FieldDef): Reader {
  if (field.formula !== undefined) return formulaReader(core, object, field, field.formula);
  const stored = field.sql === undefined ? undefined : computedReader(planFor(core, object), field.sql);
  return (run, row) => fromStored(field, stored ? stored(row) : (row[field.name] ?? null));
}

/** Compiled when first read, since formula fields may refer to each other in any order. */
function formulaReader(core: OrgCore, object: ObjectDef, field: FieldDef, formula: string): Reader {
  let compiled: ReturnType<typeof compileFormula<RecordRun>> | undefined;
  return (run, row) => {
    compiled ??= compileFormula(
      formula,
      recordScope(core, object, { blanksAsZero: field.formulaTreatBlanksAsZero === true }),
    );
    const depth = (run.depth ?? 0) + 1;
    if (depth > DEEPEST)
      throw new FormulaError('Formula cannot use another formula field that directly or indirectly refers to itself.');
    return compiled.run({ ...run, row, old: undefined, depth });
  };
}

/** Works a computed standard field out of a row that may not be stored yet. */
function computedReader(plan: ObjectPlan, expression: string): (row: StoredRow) => StoredValue {
  const names = [...new Set([...expression.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))];
  const columns = names.length === 0 ? '1' : names.map((name) => `? as ${quoteName(name)}`).join(', ');
  const text = expression.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => `it.${quoteName(name)}`);
  const sql = `select (${text}) as value from (select ${columns}) it`;
  return (row) => plan.prepare(sql).get(...names.map((name) => row[name] ?? null))?.['value'] as StoredValue;
}

const TYPES: Partial<Record<FieldDef['type'], FormulaType>> = {
  boolean: 'boolean',
  int: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  date: 'date',
  datetime: 'datetime',
  time: 'time',
  picklist: 'picklist',
  multipicklist: 'multipicklist',
};

/** Ids have 15 characters in formulas, percents are fractions. */
function fromStored(field: FieldDef, value: StoredValue): FormulaValue {
  if (field.type === 'boolean') return value === 1;
  if (value === null) return null;
  switch (field.type) {
    case 'id':
    case 'reference':
      return String(value).slice(0, 15);
    case 'date':
      return dayOf(String(value));
    case 'time':
      return Date.parse(`1970-01-01T${value}`);
    case 'percent':
      return Number(value) / 100;
    default:
      return value;
  }
}
