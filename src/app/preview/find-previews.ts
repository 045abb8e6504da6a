import type { Crm } from '../ports.ts';
import { quotedList } from '../ports/soql-text.ts';

/** What a person is shown before signing. */
export type FoundPreview = {
  readonly id: string;
  readonly hash: string;
  readonly summary: string;
  readonly createdAt: string;
};

/** A version with the hash of the document that the org holds of it now; undefined where that is not intact. */
export type VersionToShow = { readonly record: { readonly id: string }; readonly hash: string | undefined };

/**
 * Finds the newest preview of each of these versions, by the version's id.
 *
 * A preview of another version does not count, also where its text is the same: it names that one to who signs.
 */
export async function findPreviews(
  crm: Crm,
  versions: readonly VersionToShow[],
): Promise<ReadonlyMap<string, FoundPreview>> {
  const hashes = new Map(versions.flatMap(({ record, hash }) => (hash === undefined ? [] : [[record.id, hash]])));
  if (hashes.size === 0) return new Map();
  const rows = await crm.query(
    'SELECT Id, Agreement__c, Document_Hash__c, Summary__c, CreatedDate FROM Accord_Preview__c ' +
      `WHERE Document_Hash__c IN ${quotedList([...new Set(hashes.values())])} ORDER BY CreatedDate, Id`,
  );
  const own = rows.filter((row) => hashes.get(String(row['Agreement__c'])) === row['Document_Hash__c']);
  return new Map(
    own.map((row) => [
      String(row['Agreement__c']),
      {
        id: String(row['Id']),
        hash: String(row['Document_Hash__c']),
        summary: String(row['Summary__c'] ?? ''),
        createdAt: String(row['CreatedDate']),
      },
    ]),
  );
}
