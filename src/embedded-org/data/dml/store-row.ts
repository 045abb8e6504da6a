import { makeId } from '../ids.ts';
import type { OrgCore } from '../org-core.ts';
import { quoteName } from '../quote-name.ts';
import { type ObjectPlan, type StoredRow } from './object-plan.ts';
import { observerOf, type RowObserver } from './row-observer.ts';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The next id of an object; counted in the database, so that a restart goes on where it stopped. */
export function nextId(core: OrgCore, plan: ObjectPlan): string {
  const { keyPrefix, name } = plan.object;
  return makeId(
    keyPrefix,
    nextNumber(core, plan, `id:${keyPrefix}`, () => largestSequence(plan, name)),
  );
}

/** Counts on from `start()` the first time, from its own last number later. */
export function nextNumber(core: OrgCore, plan: ObjectPlan, counter: string, start: () => number): number {
  const row = plan.bump.get(counter);
  if (row) return Number(row['value']);
  const first = start() + 1;
  core.db.prepare('insert into "~counter" (name, value) values (?, ?)').run(counter, first);
  return first;
}

/** Rows may be there already from before the counter: ids sort as their base-62 digits do. */
function largestSequence(plan: ObjectPlan, tableName: string): number {
  const row = plan.prepare(`select max("Id") as id from ${quoteName(tableName)}`).get();
  const digits = typeof row?.['id'] === 'string' ? row['id'].slice(5, 15) : '';
  return Array.from(digits).reduce((total, digit) => total * 62 + DIGITS.indexOf(digit), 0);
}

export function insertStored(plan: ObjectPlan, row: StoredRow): void {
  plan.insert.run(...plan.columns.map((field) => row[field.name] ?? null));
  watcherOf(plan)?.changed(plan.object, undefined, row);
}

export function updateStored(plan: ObjectPlan, id: string, changes: StoredRow): void {
  const names = Object.keys(changes);
  if (names.length === 0) return;
  const sql = `update ${quoteName(plan.object.name)} set ${names.map((name) => `${quoteName(name)} = ?`).join(', ')} where "Id" = ?`;
  const watcher = watcherOf(plan);
  const before = watcher && findStored(plan, id);
  plan.prepare(sql).run(...names.map((name) => changes[name] ?? null), id);
  if (before) watcher?.changed(plan.object, before, { ...before, ...changes });
}

function watcherOf(plan: ObjectPlan): RowObserver | undefined {
  const observer = observerOf(plan.core);
  return observer?.watches(plan.object.name) ? observer : undefined;
}

/** The stored row, deleted or not. */
export function findStored(plan: ObjectPlan, id: string): StoredRow | undefined {
  return plan.select.get(id) as StoredRow | undefined;
}
