import type { CrmRecord, CrmValue, ExtractPage, ObservedChange, PackedRows, Store } from '../ports.ts';
import { keepRows, unpackRows } from '../ports/packed-rows.ts';
import { handOffRows } from '../hand-offs/hand-off-rows.ts';
import { passOnHandOffs } from '../hand-offs/pass-on-hand-offs.ts';
import { conversions } from './conversions.ts';
import { forgetPeople } from './forget-people.ts';
import { leadStarts } from './lead-starts.ts';
import { leadStates } from './lead-states.ts';
import { leadStageField } from './mirror-plan.ts';
import type { MirroredObject } from './mirrored-object.ts';
import { rowOf } from './page-rows.ts';
import { instant } from './timeline-of.ts';

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
    const parents = [...known.values(), ...records].flatMap((each) => parentOf(target, each) ?? []);
    const leadsOf = await findLeads(store, target, parents);
    const found = compare(target, known, records, leadsOf);
    const { changed, gone, touched } = found;
    await store.mirror.save(
      target.object,
      target.fields,
      changed.map((record) => rowOf(target.fields, record)),
    );
    await store.mirror.remove(target.object, gone);
    if (isObserved(target)) await observe(store, target, known, changed);
    if (target.holds === 'leads') {
      const lost = gone.map((id) => known.get(id) ?? { Id: id });
      await forgetLeads(store, lost, records, touched);
    }
    await store.schedule.plan([...touched].map((id) => ({ id, dueAt: 0 })));
    return { affected: touched.size, removed: target.holds === 'leads' ? gone.length : 0 };
  });
}

type Difference = { readonly changed: CrmRecord[]; readonly gone: string[]; readonly touched: Set<string> };

type LeadsOf = (parent: string) => readonly string[];

/** Which leads a record is about: the one that it names, and those that were converted to what it names. */
async function findLeads(store: Store, { holds }: MirroredObject, parents: readonly string[]): Promise<LeadsOf> {
  const others = holds === 'leads' || holds === 'events' ? [] : parents.filter((each) => !isLeadId(each));
  const converted = await conversions.leadsOf(store, others);
  return (parent) => (isLeadId(parent) ? [parent] : (converted.get(parent) ?? []));
}

function compare(
  target: MirroredObject,
  known: ReadonlyMap<string, CrmRecord>,
  records: readonly CrmRecord[],
  leadsOf: LeadsOf,
): Difference {
  const found: Difference = { changed: [], gone: [], touched: new Set() };
  const leads = (record: CrmRecord | undefined): readonly string[] => {
    const parent = record && parentOf(target, record);
    return parent === undefined ? [] : leadsOf(parent);
  };
  const belongs = (record: CrmRecord): boolean =>
    record['IsDeleted'] !== true &&
    (target.keeps?.(record) ?? true) &&
    (target.holds === 'campaigns' || leads(record).length > 0);
  for (const record of records) {
    const before = known.get(String(record['Id']));
    const after = belongs(record) ? record : undefined;
    if (after ? before && equal(target.fields, before, after) : !before) continue;
    if (after) found.changed.push(after);
    else found.gone.push(String(record['Id']));
    for (const lead of [...leads(before), ...leads(after)]) found.touched.add(lead);
  }
  return found;
}

const parentOf = (target: MirroredObject, record: CrmRecord): string | undefined => {
  const parent = record[target.parent ?? 'Id'];
  return typeof parent === 'string' ? parent : undefined;
};

const isObserved = ({ holds }: MirroredObject): boolean =>
  holds === 'leads' || holds === 'related' || holds === 'hand-offs';

/** Fields that say nothing of the person, or that the service writes. */
const unobserved: ReadonlySet<string> = new Set(['Id', leadStageField]);

const isAnswer = (field: string): boolean => (handOffRows.answered as readonly string[]).includes(field);

/** Keeps what the fields held before: the org itself forgets it, but for the fields whose history it tracks. */
async function observe(
  store: Store,
  { object, fields: all, holds }: MirroredObject,
  known: ReadonlyMap<string, CrmRecord>,
  changed: readonly CrmRecord[],
): Promise<void> {
  const fields = holds === 'hand-offs' ? all.filter(isAnswer) : all;
  const seen = changed.flatMap((record): ObservedChange[] => {
    const recordId = String(record['Id']);
    const before = known.get(recordId);
    const at = instant(record['SystemModstamp']);
    if (!before || at === undefined) return [];
    const differing = fields.filter((name) => !unobserved.has(name) && name in before && before[name] !== record[name]);
    return differing.map((field) => ({
      object,
      recordId,
      field,
      at,
      from: before[field] ?? null,
      to: record[field] ?? null,
    }));
  });
  await store.observations.add(seen);
}

/**
 * A deleted or merged lead has no state any more: its row goes, and nobody judges it again.
 *
 * What the store alone knows of it is forgotten, but for what goes over to the lead that it was merged into.
 */
async function forgetLeads(
  store: Store,
  lost: readonly CrmRecord[],
  records: readonly CrmRecord[],
  touched: Set<string>,
): Promise<void> {
  if (lost.length === 0) return;
  const gone = lost.map((lead) => String(lead['Id']));
  const intoLead = new Map(records.map((record) => [String(record['Id']), record['MasterRecordId']]));
  for (const [lead, heir] of intoLead) {
    if (typeof heir !== 'string' || heir === '') continue;
    await store.signals.move(lead, heir);
    await store.handOffs.move(lead, heir);
  }
  for (const lead of await passOnHandOffs(store, gone, intoLead)) touched.add(lead);
  await forgetPeople(store, lost);
  await leadStarts.forget(store, gone);
  for (const id of gone) touched.delete(id);
  await store.schedule.plan(gone.map((id) => ({ id, dueAt: undefined })));
  const states = await store.mirror.children(leadStates.object, 'Lead_Id__c', gone);
  const idOf = new Map(states.map((state) => [String(state['Lead_Id__c']), String(state['Id'])]));
  const pending = await store.outbox.pendingAmong(gone.map(leadStates.keyOf));
  const held = gone.filter((id) => idOf.has(id) || pending.has(leadStates.keyOf(id)));
  await store.outbox.enqueue(held.map((id) => leadStates.removal(id, idOf.get(id))));
  await store.outbox.withdraw(gone.map(leadStates.leadKeyOf));
}

const equal = (fields: readonly string[], a: CrmRecord, b: CrmRecord): boolean =>
  fields.every((field) => (a[field] ?? null) === (b[field] ?? null));

/** The rows of a full read that the mirror keeps: those of leads, and of what leads were converted to. */
export async function rowsOfLeads(store: Store, target: MirroredObject, page: ExtractPage): Promise<PackedRows> {
  const { columns, rows } = page;
  const at = columns.indexOf(target.parent ?? 'Id');
  if (target.holds === 'events') return keepRows(rows, (values) => isLeadId(values[at]));
  if (target.holds !== 'activities') return rows;
  const others = unpackRows(rows).flatMap((values) => (isLeadId(values[at]) ? [] : [String(values[at])]));
  if (others.length === 0) return rows;
  const converted = await conversions.leadsOf(store, others);
  return keepRows(rows, (values) => isLeadId(values[at]) || converted.has(String(values[at])));
}
