import type { PersonHistory } from '../../domain/timeline/timeline.ts';
import type { HandOffEvidence, Store } from '../ports.ts';
import { type JudgeContext, rowOwnerOf } from '../sync/judge-lead.ts';
import type { Intent } from '../sync/replace-intents.ts';
import { followLead } from './follow-lead.ts';
import { readHandOffs } from './read-hand-offs.ts';

export type PageHandOffs = {
  readonly keys: readonly string[];
  readonly intents: readonly Intent[];
  readonly evidence: readonly HandOffEvidence[];
  /** Lead id → next instant at which its hand-off can change. */
  readonly nextAt: ReadonlyMap<string, number>;
};

/** Follows the hand-offs of some leads; nothing where the agreement says nothing of them. */
export async function followPage(
  store: Store,
  histories: readonly PersonHistory[],
  context: Pick<JudgeContext, 'rules' | 'now' | 'serviceUserId' | 'rowOwners'>,
): Promise<PageHandOffs> {
  const { rules, now } = context;
  const { handOffs } = rules;
  const nextAt = new Map<string, number>();
  if (!handOffs) return { keys: [], intents: [], evidence: [], nextAt };
  const known = await readHandOffs(
    store,
    histories.map(({ personId }) => personId),
  );
  const found = histories.map((history) => {
    const { rows, observed } = known(history.personId);
    const ownerId = rowOwnerOf(history, context);
    const followed = followLead(history, rows, observed, { rules, handOffs, ownerId, now });
    nextAt.set(history.personId, followed.nextAt);
    return followed;
  });
  return {
    keys: found.flatMap(({ keys }) => keys),
    intents: found.flatMap(({ intents }) => intents),
    evidence: found.flatMap(({ evidence }) => evidence),
    nextAt,
  };
}
