import { randomUUID } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { StoredRow } from '../dml/object-plan.ts';
import type { RowObserver } from '../dml/row-observer.ts';
import type { OrgCore } from '../org-core.ts';
import type { ObjectDef } from '../types.ts';
import { type RecordChange, schemaId, toRecordChange } from './change-event.ts';
import type { ChangeSelection } from './change-selection.ts';
import type { EventLog } from './event-log.ts';

type Pending = { readonly object: ObjectDef; readonly change: RecordChange; readonly user: string; ids: string[] };

/**
 * Turns the writes of a transaction into change events that commit with it.
 *
 * Rows wait in a table, so that a savepoint that is rolled back takes its rows along. Several writes to one record make
 * one event; the same update or delete of several records makes one event with all their ids.
 */
export class ChangeJournal implements RowObserver {
  origin = '';
  losesEvents = false;
  onEvents: () => void = () => {};
  readonly #core: OrgCore;
  readonly #selection: ChangeSelection;
  readonly #log: EventLog;
  readonly #note: StatementSync;
  #hasRows = false;
  #hasEvents = false;

  constructor(core: OrgCore, selection: ChangeSelection, log: EventLog) {
    this.#core = core;
    this.#selection = selection;
    this.#log = log;
    core.db.exec(`create temp table change_row (seq integer primary key, entity text not null, id text not null,
      before text, after text not null)`);
    this.#note = core.db.prepare('insert into change_row (entity, id, before, after) values (?, ?, ?, ?)');
  }

  watches(objectName: string): boolean {
    return this.#selection.has(objectName);
  }

  changed(object: ObjectDef, before: StoredRow | undefined, after: StoredRow): void {
    this.#hasRows = true;
    const old = before === undefined ? null : JSON.stringify(before);
    this.#note.run(object.name, String(after['Id']), old, JSON.stringify(after));
  }

  beforeCommit(): void {
    if (!this.#hasRows) return;
    this.#hasRows = false;
    const rows = takeRows(this.#core.db);
    const pending = merge(collapse(this.#core, rows));
    if (this.losesEvents) return this.#log.skip(pending.length);
    const transactionKey = randomUUID();
    const commitNumber = this.#log.newest() + 1;
    pending.forEach(({ object, change, user, ids }, index) => {
      const header = {
        commitNumber,
        commitUser: user,
        sequenceNumber: index + 1,
        entityName: object.name,
        changeType: change.changeType,
        changedFields: change.changedFields,
        changeOrigin: this.origin,
        transactionKey,
        commitTimestamp: this.#core.clock.now(),
        recordIds: ids,
      };
      this.#log.append(object.name, schemaId(object), { ChangeEventHeader: header, ...change.body });
    });
    this.#hasEvents = pending.length > 0;
  }

  afterCommit(): void {
    if (!this.#hasEvents) return;
    this.#hasEvents = false;
    this.onEvents();
  }
}

type Written = { readonly entity: string; readonly id: string; readonly before: string | null; readonly after: string };

function takeRows(db: DatabaseSync): readonly Written[] {
  const rows = db.prepare('select entity, id, before, after from change_row order by seq').all();
  db.exec('delete from change_row');
  return rows as unknown as readonly Written[];
}

/** One change for each record: from before its first write to after its last. */
function collapse(core: OrgCore, rows: readonly Written[]): readonly Pending[] {
  const byId = new Map<string, Written>();
  for (const row of rows) byId.set(row.id, { ...row, before: (byId.get(row.id) ?? row).before });
  return [...byId.values()].flatMap(({ entity, id, before, after }) => {
    const object = core.schema.find(entity);
    const row = JSON.parse(after) as StoredRow;
    const old = before === null ? undefined : (JSON.parse(before) as StoredRow);
    const change = object && toRecordChange(object, old, row);
    if (!object || !change) return [];
    return [{ object, change, user: String(row['LastModifiedById'] ?? row['CreatedById'] ?? ''), ids: [id] }];
  });
}

function merge(changes: readonly Pending[]): readonly Pending[] {
  const merged = new Map<string, Pending>();
  for (const each of changes) {
    const { changeType, changedFields, body } = each.change;
    const alike = changeType === 'UPDATE' || changeType === 'DELETE';
    const key = JSON.stringify([each.object.name, changeType, changedFields, body, each.user, alike ? '' : each.ids]);
    const known = merged.get(key);
    if (known) known.ids.push(...each.ids);
    else merged.set(key, each);
  }
  return [...merged.values()];
}
