import type { JudgedVersion } from '../agreement/judge-version.ts';
import { titleOf } from '../agreement/version-title.ts';
import type { Crm } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { findPreviews } from './find-previews.ts';
import { savePreview } from './save-preview.ts';
import { summarizeChange } from './summarize-change.ts';

/**
 * Writes, as the service, a preview of each proposed version that has none, so that its signers have one to open.
 *
 * It says what the version changes in the one in force. Returns what the org refused.
 */
export async function preparePreviews(
  crm: Crm,
  versions: readonly JudgedVersion[],
  inForce: JudgedVersion | undefined,
  now: number,
): Promise<readonly string[]> {
  const proposed = versions.filter(({ record, hash }) => record.status === 'Proposed' && hash !== undefined);
  const known = await findPreviews(
    crm,
    proposed.map(({ hash }) => hash ?? ''),
  );
  const problems: string[] = [];
  for (const version of proposed.filter(({ hash }) => !known.has(hash ?? ''))) {
    const problem = await prepare(crm, version, inForce, now);
    if (problem) problems.push(problem);
  }
  return problems;
}

async function prepare(
  crm: Crm,
  { record, agreement, hash }: JudgedVersion,
  inForce: JudgedVersion | undefined,
  now: number,
): Promise<string | undefined> {
  if (!agreement || !hash) return undefined;
  const compared = inForce?.agreement && { agreement: inForce.agreement, title: titleOf(inForce.record) };
  const at = new Date(Math.floor(now / 1000) * 1000).toISOString();
  try {
    const change = summarizeChange(agreement, compared);
    await savePreview(crm, { agreementId: record.id, hash, against: inForce?.hash, from: at, to: at, ...change });
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return `${titleOf(record)}: ${error.message}`;
  }
}
