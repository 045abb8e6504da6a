import type { VersionRecord } from '../agreement/read-versions.ts';
import type { Crm } from '../ports.ts';
import { leadStates } from '../sync/lead-states.ts';

const wasInForce = new Set(['In Force', 'Superseded', 'Expired']);

/**
 * When measuring under an agreement began, epoch ms: a version of it was in force and the service had written a verdict.
 *
 * Both dates are the org's own. Undefined before the first verdict.
 */
export async function measuredSince(
  crm: Crm,
  versions: readonly VersionRecord[],
  slug: string,
): Promise<number | undefined> {
  const starts = versions.flatMap(({ slug: of, status, effectiveFrom }) =>
    of === slug && wasInForce.has(status) && effectiveFrom ? [Date.parse(effectiveFrom)] : [],
  );
  if (starts.length === 0) return undefined;
  const [row] = await crm.query(`SELECT MIN(CreatedDate) since FROM ${leadStates.object}`);
  const verdict = row?.['since'];
  return typeof verdict === 'string' ? Math.max(Math.min(...starts), Date.parse(verdict)) : undefined;
}
