import type { CrmRecord, CrmValue, ExtractPage, PackedRows, Store } from '../ports.ts';
import { keepRows } from '../ports/packed-rows.ts';
import { leadStates } from './lead-states.ts';
import type { MirroredObject } from './mirror-plan.ts';
import { rowOf } from './page-rows.ts';

/** Leads are told from contacts by the prefix of their ids: activities hang on either. */
const isLeadId = (value: CrmValue | undefined): value is string => typeof value === 'string' && value.startsWith('00Q');

/** How many of the leads in a page of changes must be judged again. */
export type Saved = { readonly affected: number; readonly removed: number };

/**
 * Saves changed records into the mirror and puts the leads that they touch on the list of work, in one transaction.
 *
 * A record that equals its mirrored copy touches nobody, so reading the overlap again, and reading back what the service
 * wrote itself, costs no evaluation. A record that moved from one lead to another touches both.
 */
export async function saveChanges(store: Store, target: MirroredObject, records: readonly CrmRecord[]): Promise<Saved> {
  if (records.length === 0) return { affected: 0, removed: 0 };
  return store.transaction(async () => {
    const ids = records.map((record) => String(record['Id']));
    const known = new Map((await store.mirror.get(target.object, ids)).map((each) => [String(each['Id']), each]));
    const { changed, gone, touched } = compare(target, known, records);
    await store.mirror.save(
      target.object,
      target.fields,
      changed.map((record) => rowOf(target.fields, record)),
    );
    await store.mirror.remove(target.object, gone);
    if (target.holds === 'leads') await forgetLeads(store, gone, touched);
    await store.schedule.plan([...touched].map((id) => ({ id, dueAt: 0 })));
    return { affected: touched.size, removed: target.holds === 'leads' ? gone.length : 0 };
  });
}

type Difference = { readonly changed: CrmRecord[]; readonly gone: string[]; readonly touched: Set<string> };

function compare(
  target: MirroredObject,
  known: ReadonlyMap<string, CrmRecord>,
  records: readonly CrmRecord[],
): Difference {
  const found: Difference = { changed: [], gone: [], touched: new Set() };
  for (const record of records) {
    const before = known.get(String(record['Id']));
    const after = belongs(target, record) ? record : undefined;
    if (after ? before && equal(target.fields, before, after) : !before) continue;
    if (after) found.changed.push(after);
    else found.gone.push(String(record['Id']));
    for (const each of [before, after]) {
      const lead = each?.[target.parent ?? 'Id'];
      if (isLeadId(lead)) found.touched.add(lead);
    }
  }
  return found;
}

/** A deleted or merged lead has no state any more: its row goes, and nobody judges it again. */
async function forgetLeads(store: Store, gone: readonly string[], touched: Set<string>): Promise<void> {
  if (gone.length === 0) return;
  for (const id of gone) touched.delete(id);
  await store.schedule.plan(gone.map((id) => ({ id, dueAt: undefined })));
  const states = await store.mirror.children(leadStates.object, 'Lead_Id__c', gone);
  const idOf = new Map(states.map((state) => [String(state['Lead_Id__c']), String(state['Id'])]));
  const pending = await store.outbox.pendingAmong(gone.map(leadStates.keyOf));
  const held = gone.filter((id) => idOf.has(id) || pending.has(leadStates.keyOf(id)));
  await store.outbox.enqueue(held.map((id) => leadStates.removal(id, idOf.get(id))));
  await store.outbox.withdraw(gone.map(leadStates.leadKeyOf));
}

const belongs = (target: MirroredObject, record: CrmRecord): boolean =>
  record['IsDeleted'] !== true && (target.parent === undefined || isLeadId(record[target.parent]));

const equal = (fields: readonly string[], a: CrmRecord, b: CrmRecord): boolean =>
  fields.every((field) => (a[field] ?? null) === (b[field] ?? null));

/** The rows of a full read that the mirror keeps: those of leads. */
export const rowsOfLeads = (target: MirroredObject, { columns, rows }: ExtractPage): PackedRows => {
  if (target.parent === undefined) return rows;
  const at = columns.indexOf(target.parent);
  return keepRows(rows, (values) => isLeadId(values[at]));
};
