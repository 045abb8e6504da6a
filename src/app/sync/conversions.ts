import type { Crm, CrmRecord, Store } from '../ports.ts';
import type { MirrorPlan } from './mirrored-object.ts';
import { toRecords } from './page-rows.ts';

/** Field of the lead that names the record it was converted to. */
export const convertedTo = {
  Contact: 'ConvertedContactId',
  Account: 'ConvertedAccountId',
  Opportunity: 'ConvertedOpportunityId',
} as const;

export type RelatedName = keyof typeof convertedTo;

export const conversionFields = ['ConvertedDate', ...Object.values(convertedTo)];

/** The store's own list of which lead became which record, kept beside the mirrored objects. */
const list = { object: 'LeadConversion', fields: ['Id', 'LeadId', 'RecordId'], parent: 'RecordId' } as const;

export const conversions = {
  prepare: (store: Store): Promise<unknown> => store.mirror.prepare(list.object, list.fields, list.parent),

  /** Reads all conversions anew; the leads must have been read before. */
  async readAll(crm: Crm, store: Store): Promise<void> {
    await store.mirror.beginSweep(list.object);
    const request = { object: 'Lead', fields: ['Id', ...conversionFields], where: 'IsConverted = true' };
    for await (const page of crm.extract(request)) await conversions.save(store, toRecords(page));
    await store.mirror.endSweep(list.object);
  },

  /** Notes what these leads were converted to. */
  async save(store: Store, leads: readonly CrmRecord[]): Promise<void> {
    const rows = leads.flatMap((lead) => {
      const id = String(lead['Id']);
      return relatedIdsOf(lead).map(([, recordId]) => [`${id}${recordId}`, id, recordId]);
    });
    if (rows.length > 0) await store.mirror.save(list.object, list.fields, rows);
  },

  /** The leads that were converted to each of these records. */
  async leadsOf(store: Store, recordIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const ids = [...new Set(recordIds)];
    const rows = ids.length === 0 ? [] : await store.mirror.children(list.object, list.parent, ids);
    const byRecord = Map.groupBy(rows, (row) => String(row['RecordId']));
    return new Map([...byRecord].map(([id, found]) => [id, found.map((row) => String(row['LeadId']))]));
  },
} as const;

/** Whether anything that is read depends on what leads were converted to. */
export const followsConversions = ({ objects }: MirrorPlan): boolean =>
  objects.some(({ holds }) => holds === 'activities' || holds === 'related') &&
  objects.some(({ holds, fields }) => holds === 'leads' && fields.includes(convertedTo.Contact));

/** The ids of the records that a lead was converted to, by object. */
export const relatedIdsOf = (lead: CrmRecord): readonly (readonly [RelatedName, string])[] =>
  relatedNames.flatMap((object) => {
    const id = lead[convertedTo[object]];
    return typeof id === 'string' && id !== '' ? [[object, id] as const] : [];
  });

const relatedNames = Object.keys(convertedTo) as readonly RelatedName[];
