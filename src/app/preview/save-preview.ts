import type { Crm } from '../ports.ts';
import { Refusal } from '../refusal.ts';

/** A preview as the org keeps it for everybody: no person and nothing of restricted facts may be in it. */
export type PreviewRecord = {
  readonly agreementId: string;
  readonly hash: string;
  /** Hash of the document that it is compared with; undefined for none. */
  readonly against: string | undefined;
  /** The past that was replayed, ISO. */
  readonly from: string;
  readonly to: string;
  /** One sentence. */
  readonly summary: string;
  readonly result: unknown;
};

/** What an org's text fields hold. */
const longestSummary = 255;
const longestResult = 32_000;

/**
 * Writes a preview to the org, as the service; returns its id.
 *
 * The same preview is written once: its key names both documents and the period. A result that is too long for the
 * record is left out, its summary stays.
 */
export async function savePreview(crm: Crm, preview: PreviewRecord): Promise<string> {
  const { agreementId, hash, against, from, to, summary } = preview;
  const key = [hash, against ?? '', from, to].join(':');
  const result = JSON.stringify(preview.result);
  const record = {
    Agreement__c: agreementId,
    Document_Hash__c: hash,
    Against_Hash__c: against ?? null,
    From__c: from,
    To__c: to,
    Summary__c: summary.length > longestSummary ? `${summary.slice(0, longestSummary - 1)}…` : summary,
    Result__c: result.length > longestResult ? null : result,
    Key__c: key,
  };
  const [written] = await crm.write({ kind: 'insert', object: 'Accord_Preview__c', records: [record] });
  if (written?.success) return written.id;
  const [known] = await crm.query(`SELECT Id FROM Accord_Preview__c WHERE Key__c = '${key}'`);
  if (known) return String(known['Id']);
  throw new Refusal('no-preview', `The org refused the preview: ${written?.reason ?? 'it gave no answer'}`);
}
