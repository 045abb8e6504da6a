import type { Crm } from '../ports.ts';
import { quotedList } from '../ports/soql-text.ts';

/** What a person is shown before signing. */
export type FoundPreview = {
  readonly id: string;
  readonly hash: string;
  readonly summary: string;
  readonly createdAt: string;
};

/** Finds the newest preview of each of these documents. */
export async function findPreviews(crm: Crm, hashes: readonly string[]): Promise<ReadonlyMap<string, FoundPreview>> {
  if (hashes.length === 0) return new Map();
  const rows = await crm.query(
    'SELECT Id, Document_Hash__c, Summary__c, CreatedDate FROM Accord_Preview__c ' +
      `WHERE Document_Hash__c IN ${quotedList(hashes)} ORDER BY CreatedDate, Id`,
  );
  return new Map(
    rows.map((row) => [
      String(row['Document_Hash__c']),
      {
        id: String(row['Id']),
        hash: String(row['Document_Hash__c']),
        summary: String(row['Summary__c'] ?? ''),
        createdAt: String(row['CreatedDate']),
      },
    ]),
  );
}
