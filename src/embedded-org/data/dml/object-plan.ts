import type { StatementSync } from 'node:sqlite';
import { ensureCounters } from './counter-table.ts';
import { quoteName } from '../quote-name.ts';
import type { OrgCore } from '../org-core.ts';
import type { FieldDef, ObjectDef } from '../types.ts';

/** A value as it rests in SQLite (types.ts says how). */
export type StoredValue = string | number | null;
export type StoredRow = Record<string, StoredValue>;

/** What a write needs to know of an object, worked out once for each definition. */
export type ObjectPlan = {
  readonly core: OrgCore;
  readonly object: ObjectDef;
  readonly byName: ReadonlyMap<string, FieldDef>;
  readonly columns: readonly FieldDef[];
  readonly required: readonly FieldDef[];
  readonly unique: readonly FieldDef[];
  readonly tracked: readonly FieldDef[];
  readonly has: (columnName: string) => boolean;
  /** Inserts the values of `columns`; reads a row by id; counts up a counter. */
  readonly insert: StatementSync;
  readonly select: StatementSync;
  readonly bump: StatementSync;
  /** A prepared statement for this text, kept for the next row. */
  readonly prepare: (sql: string) => StatementSync;
};

const plansByCore = new WeakMap<OrgCore, WeakMap<ObjectDef, ObjectPlan>>();

/** Keyed by the definition itself: a deploy replaces the definition, and so the plan. */
export function planFor(core: OrgCore, object: ObjectDef): ObjectPlan {
  let plans = plansByCore.get(core);
  if (!plans) plansByCore.set(core, (plans = new WeakMap()));
  ensureCounters(core);
  let plan = plans.get(object);
  if (!plan) plans.set(object, (plan = makePlan(core, object)));
  return plan;
}

function makePlan(core: OrgCore, object: ObjectDef): ObjectPlan {
  const present = core.db.prepare('select name from pragma_table_info(?)').all(object.name);
  const stored = new Set(present.map((each) => String(each['name'])));
  const statements = new Map<string, StatementSync>();
  const columns = object.fields.filter((field) => stored.has(field.name));
  const names = columns.map((field) => quoteName(field.name));
  const table = quoteName(object.name);
  return {
    insert: core.db.prepare(`insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`),
    select: core.db.prepare(`select * from ${table} where "Id" = ?`),
    bump: core.db.prepare('update "~counter" set value = value + 1 where name = ? returning value'),
    core,
    object,
    byName: new Map(object.fields.map((field) => [field.name.toLowerCase(), field])),
    columns,
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
