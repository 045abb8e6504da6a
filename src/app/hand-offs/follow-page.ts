import type { HandOffEvidence, Store } from '../ports.ts';
import { type JudgeContext, rowOwnerOf } from '../sync/judge-lead.ts';
import type { Intent } from '../sync/replace-intents.ts';
import { followLead, type LivedHistory } from './follow-lead.ts';
import { readHandOffs } from './read-hand-offs.ts';

export type PageHandOffs = {
  readonly keys: readonly string[];
  readonly intents: readonly Intent[];
  readonly evidence: readonly HandOffEvidence[];
  /** Lead id → next instant at which its hand-off can change. */
  readonly nextAt: ReadonlyMap<string, number>;
  readonly problems: readonly string[];
};

/** Follows the hand-offs of some leads; nothing where the agreement says nothing of them. */
export async function followPage(
  store: Store,
  people: readonly LivedHistory[],
  context: Pick<JudgeContext, 'rules' | 'now' | 'serviceUserId' | 'rowOwners'>,
): Promise<PageHandOffs> {
  const { rules, now } = context;
  const nextAt = new Map<string, number>();
  if (!rules.handOffs) return { keys: [], intents: [], evidence: [], nextAt, problems: [] };
  const known = await readHandOffs(
    store,
    people.map(({ history }) => history.personId),
  );
  const found = people.map((person) => {
    const { history } = person;
    const { rows, observed } = known(history.personId);
    const ownerId = rowOwnerOf(history, context);
    const followed = followLead(person, rows, observed, { rules, ownerId, now });
    nextAt.set(history.personId, followed.nextAt);
    return followed;
  });
  return {
    keys: found.flatMap(({ keys }) => keys),
    intents: found.flatMap(({ intents }) => intents),
    evidence: found.flatMap(({ evidence }) => evidence),
    nextAt,
    problems: found.flatMap(({ problems }) => problems),
  };
}
