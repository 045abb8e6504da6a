import type { CrmRecord } from '../../ports.ts';

/** A field of a record as text; empty when it is blank or absent. */
export const fieldOf = (record: CrmRecord, name: string): string => String(record[name] ?? '');
