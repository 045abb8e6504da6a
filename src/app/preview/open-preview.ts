import { sameRecord } from '../../domain/agreement/same-record.ts';
import { refusedWrite } from '../agreement/refused-write.ts';
import type { Crm } from '../ports.ts';
import { quoted } from '../ports/soql-text.ts';
import type { FoundPreview } from './find-previews.ts';

/** Says that somebody has opened a preview of a document. */
export type Opening = {
  readonly id: string;
  readonly hash: string;
  readonly userId: string;
  readonly username: string;
  readonly openedAt: string;
};

/** Reads who has opened a preview of these documents, oldest first. */
export async function findOpenings(crm: Crm, hash: string): Promise<readonly Opening[]> {
  const rows = await crm.query(
    'SELECT Id, Document_Hash__c, CreatedById, CreatedBy.Username, CreatedDate FROM Accord_Preview_Opening__c ' +
      `WHERE Document_Hash__c = ${quoted(hash)} ORDER BY CreatedDate, Id`,
  );
  return rows.map((row) => ({
    id: String(row['Id']),
    hash: String(row['Document_Hash__c']),
    userId: String(row['CreatedById']),
    username: String(row['CreatedBy.Username']),
    openedAt: String(row['CreatedDate']),
  }));
}

/** Records, in the signed-in user's own session, that they have been shown a preview; once for each preview. */
export async function openPreview(crm: Crm, { id, hash }: FoundPreview): Promise<string> {
  const { userId } = await crm.whoAmI();
  const earlier = (await findOpenings(crm, hash)).find((each) => sameRecord(each.userId, userId));
  if (earlier) return earlier.id;
  const record = { Preview__c: id, Document_Hash__c: hash, Key__c: `${id}:${userId}` };
  const [written] = await crm.write({ kind: 'insert', object: 'Accord_Preview_Opening__c', records: [record] });
  if (written?.success) return written.id;
  const sets = ['Accord_Signer_Sales', 'Accord_Signer_Marketing'];
  const text = 'The org did not record that the preview was opened';
  throw refusedWrite(written, { text, key: 'not-signable', sets });
}
