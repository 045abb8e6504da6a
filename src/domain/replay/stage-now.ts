import type { PersonHistory } from '../timeline/timeline.ts';
import type { Judgement } from '../verdict/judgement.ts';
import { type AppliedVersion, startOf } from './applied-version.ts';
import { type Life, walkVersions } from './walk-versions.ts';

/**
 * Goes through the whole history up to now under the versions that applied, earliest first; the last one applies now.
 *
 * What decides now is `timeline`, whose `previous` tells the stage and its begin. `judgement` is one of the last version.
 */
export function stageNow(
  versions: readonly AppliedVersion[],
  history: PersonHistory,
  now: number,
  judgement: Judgement,
): Life {
  const current = versions.at(-1);
  if (!current) throw new Error('Nobody can be judged without a version.');
  // A clock that is behind the org's must leave neither a new person nor a new version out.
  const person = history.createdAt > now ? { ...history, createdAt: now } : history;
  const applied = current.from > now ? [...versions.slice(0, -1), { compiled: current.compiled, from: now }] : versions;
  const start = startOf(versions, history);
  return walkVersions(applied, person, { to: now, judgement, ...(start && { start }) });
}
