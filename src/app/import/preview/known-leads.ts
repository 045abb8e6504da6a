import type { CrmRecord } from '../../ports.ts';

/** Leads of the org that a list is about, by what tells them: the key of the import, and the e-mail address. */
export type KnownLeads = {
  readonly byKey: ReadonlyMap<string, CrmRecord>;
  readonly byEmail: ReadonlyMap<string, CrmRecord>;
};

/** A value as keys are compared; empty when it is blank or absent. */
export const folded = (record: CrmRecord, field: string): string => String(record[field] ?? '').toLowerCase();
