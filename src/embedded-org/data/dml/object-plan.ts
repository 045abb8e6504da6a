import type { StatementSync } from 'node:sqlite';
import type { OrgCore } from '../org-core.ts';
import type { FieldDef, ObjectDef } from '../types.ts';

/** A value as it rests in SQLite (types.ts says how). */
export type StoredValue = string | number | null;
export type StoredRow = Record<string, StoredValue>;

/** What a write needs to know of an object, worked out once for each definition. */
export type ObjectPlan = {
  readonly object: ObjectDef;
  readonly byName: ReadonlyMap<string, FieldDef>;
  readonly columns: readonly FieldDef[];
  readonly required: readonly FieldDef[];
  readonly unique: readonly FieldDef[];
  readonly tracked: readonly FieldDef[];
  readonly has: (columnName: string) => boolean;
  /** A prepared statement for this text, kept for the next row. */
  readonly prepare: (sql: string) => StatementSync;
};

const plansByCore = new WeakMap<OrgCore, WeakMap<ObjectDef, ObjectPlan>>();

/** Keyed by the definition itself: a deploy replaces the definition, and so the plan. */
export function planFor(core: OrgCore, object: ObjectDef): ObjectPlan {
  let plans = plansByCore.get(core);
  if (!plans) {
    plansByCore.set(core, (plans = new WeakMap()));
    core.db.exec('create table if not exists "~counter" (name text primary key, value integer not null) without rowid');
  }
  let plan = plans.get(object);
  if (!plan) plans.set(object, (plan = makePlan(core, object)));
  return plan;
}

function makePlan(core: OrgCore, object: ObjectDef): ObjectPlan {
  const names = core.db.prepare('select name from pragma_table_info(?)').all(object.name);
  const stored = new Set(names.map((each) => String(each['name'])));
  const statements = new Map<string, StatementSync>();
  return {
    object,
    byName: new Map(object.fields.map((field) => [field.name.toLowerCase(), field])),
    columns: object.fields.filter((field) => stored.has(field.name)),
    required: object.fields.filter(isRequired),
    unique: object.fields.filter((field) => field.unique === true && stored.has(field.name)),
    tracked: object.enableHistory ? object.fields.filter((field) => field.trackHistory === true) : [],
    has: (columnName) => stored.has(columnName),
    prepare: (sql) => {
      let statement = statements.get(sql);
      if (!statement) statements.set(sql, (statement = core.db.prepare(sql)));
      return statement;
    },
  };
}

/** Booleans are never missing, and what the platform fills cannot be. */
function isRequired(field: FieldDef): boolean {
  return (
    !field.nillable &&
    field.createable &&
    field.type !== 'boolean' &&
    field.autoNumber === undefined &&
    field.formula === undefined &&
    field.sql === undefined
  );
}
