import type { CrmRecord, Store } from '../ports.ts';
import { leadStates } from './lead-states.ts';
import { instant } from './timeline-of.ts';

/** The store's own list of where people stood when what led there was not known (any more). */
const list = { object: 'LeadStart', fields: ['Id', 'Stage', 'Since', 'At'] } as const;

export type LeadStart = { readonly at: number; readonly stage: string; readonly since: number };

export const leadStarts = {
  object: list.object,
  prepare: (store: Store): Promise<unknown> => store.mirror.prepare(list.object, list.fields),

  /** Keeps where these state rows say that their leads stand, as of an instant. */
  async save(store: Store, states: readonly CrmRecord[], at: number): Promise<void> {
    const rows = states.flatMap((state) => {
      const [lead, stage, since] = [state['Lead_Id__c'], state['Stage__c'], instant(state['Since__c'])];
      return typeof lead !== 'string' || typeof stage !== 'string' || since === undefined
        ? []
        : [[lead, stage, since, at]];
    });
    if (rows.length > 0) await store.mirror.save(list.object, list.fields, rows);
  },

  /** The same for leads, by the rows that the org holds of them. */
  async saveLeads(store: Store, leads: readonly string[], at: number): Promise<void> {
    if (leads.length === 0) return;
    await leadStarts.save(store, await store.mirror.children(leadStates.object, leadStates.parent, leads), at);
  },

  /** Forgets where leads stood that are gone. */
  async forget(store: Store, leads: readonly string[]): Promise<void> {
    await leadStarts.prepare(store);
    await store.mirror.remove(list.object, leads);
  },

  toStart: (row: CrmRecord): LeadStart => ({
    at: Number(row['At']),
    stage: String(row['Stage']),
    since: Number(row['Since']),
  }),
} as const;
