import type { Crm } from '../ports.ts';
import { quotedList } from '../ports/soql-text.ts';
import type { MirroredObject } from './mirrored-object.ts';

/** Rows of a lead's history that are no change of a field of the same name. */
const ownerField = 'Owner';
const conversionRow = 'leadConverted';

const historyFields = ['Id', 'IsDeleted', 'LeadId', 'Field', 'OldValue', 'NewValue', 'CreatedDate'];

/** The history of leads, as far as it tells of these fields; nothing where it cannot be read. */
export async function planHistory(crm: Crm, leadFields: readonly string[]): Promise<readonly MirroredObject[]> {
  const described = await crm.describe('LeadHistory');
  const known = new Set(described?.fields.map(({ name }) => name));
  if (!historyFields.every((name) => known.has(name))) return [];
  const names = [...leadFields.filter((name) => !['Id', 'OwnerId'].includes(name)), ownerField, conversionRow];
  return [
    {
      object: 'LeadHistory',
      holds: 'history',
      fields: historyFields,
      parent: 'LeadId',
      where: `Field IN ${quotedList(names)}`,
      // Its rows never change, and it has no SystemModstamp.
      stampField: 'CreatedDate',
      keeps: (row) => names.includes(String(row['Field'])),
    },
  ];
}

/** The field of the lead that a row of its history tells of; undefined for rows that tell of none. */
export function fieldOfHistory(field: string): string | undefined {
  if (field === ownerField) return 'OwnerId';
  return field === conversionRow ? 'IsConverted' : field;
}
