import type { VersionRecord } from '../agreement/read-versions.ts';
import type { Crm } from '../ports.ts';
import { leadStates } from '../sync/lead-states.ts';

const wasInForce = new Set(['In Force', 'Superseded', 'Expired']);

/**
 * How long was measured under an agreement, in ms: since the service's first verdict, while a version of it was in force.
 *
 * All dates are the org's own. Undefined before the first verdict.
 */
export async function measuredFor(
  crm: Crm,
  versions: readonly VersionRecord[],
  slug: string,
  now: number,
): Promise<number | undefined> {
  const terms = versions.flatMap(({ slug: of, status, effectiveFrom, expiresOn }) =>
    of === slug && wasInForce.has(status) && effectiveFrom
      ? [{ from: Date.parse(effectiveFrom), to: expiresOn ? Math.min(now, Date.parse(expiresOn)) : now }]
      : [],
  );
  if (terms.length === 0) return undefined;
  const [row] = await crm.query(`SELECT MIN(CreatedDate) since FROM ${leadStates.object}`);
  const verdict = row?.['since'];
  return typeof verdict === 'string' ? lengthOf(terms, Date.parse(verdict)) : undefined;
}

type Term = { readonly from: number; readonly to: number };

/** How long at least one of the terms ran from an instant on: a successor's term overlaps the one before it. */
function lengthOf(terms: readonly Term[], since: number): number {
  let covered = since;
  let length = 0;
  for (const { from, to } of terms.toSorted((one, other) => one.from - other.from)) {
    const start = Math.max(from, covered);
    if (to <= start) continue;
    length += to - start;
    covered = to;
  }
  return length;
}
