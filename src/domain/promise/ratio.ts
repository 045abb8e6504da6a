import type { WrittenRatio } from '../agreement/promise-schema.ts';
import { parseShare, type Share } from '../agreement/promise-span.ts';
import type { Agreement } from '../agreement/schema.ts';
import type { Episode } from '../hand-off/episode.ts';
import { type Budget, type Case, judgeBudget } from './budget.ts';

/** A hand-off with what tells it apart and what became of the person. */
export type RatioEpisode = Episode & {
  readonly id: string;
  /** When the person was converted after the hand-off. */
  readonly convertedAt?: number;
};

export type RatioPromise = {
  readonly id: string;
  readonly ratio: WrittenRatio['ratio'];
  readonly share: Share;
  /** Reasons of a rejection that count against something else, or for a promise. */
  readonly leftOut: ReadonlySet<string>;
};

export function compileRatio({ process }: Agreement, { id, ratio, atLeast }: WrittenRatio): RatioPromise {
  const share = parseShare(atLeast);
  if (!share) throw new Error(`The promise "${id}" has no share: the agreement was not checked.`);
  const others = (process?.reasons ?? []).filter(
    ({ countsAgainst, keeps }) => (countsAgainst !== undefined && countsAgainst !== id) || keeps !== undefined,
  );
  return { id, ratio, share, leftOut: new Set(others.map((reason) => reason.id)) };
}

/**
 * Judges how many of the latest hand-offs were accepted, or converted.
 *
 * Only those that are decided count: one that still waits for sales is neither.
 */
export const judgeRatio = (promise: RatioPromise, episodes: readonly RatioEpisode[], now: number): Budget =>
  judgeBudget(
    promise.share,
    episodes.flatMap((episode) => toCase(promise, episode, now)),
  );

function toCase({ ratio, leftOut }: RatioPromise, episode: RatioEpisode, now: number): readonly Case[] {
  const { id, acceptedAt, convertedAt, reason } = episode;
  const [counted, base] = ratio.split(' / ') as ['accepted' | 'converted', 'accepted' | 'handed-off'];
  if (base === 'accepted' && acceptedAt === undefined) return [];
  const doneAt = counted === 'accepted' ? acceptedAt : convertedAt;
  if (doneAt !== undefined) return doneAt <= now ? [{ id, at: doneAt, kept: true }] : [];
  const refusedAt = episode.status === 'Rejected' || episode.status === 'Recycled' ? episode.decidedAt : undefined;
  if (refusedAt === undefined || refusedAt > now) return [];
  return reason !== undefined && leftOut.has(reason) ? [] : [{ id, at: refusedAt, kept: false }];
}
