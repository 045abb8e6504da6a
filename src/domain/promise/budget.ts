import type { Share } from '../agreement/promise-span.ts';
import { chanceOfAtLeast, oneTimeIn } from './binomial.ts';
import type { Clock } from './clock.ts';

/** Below so many no rate is shown: a share of few says nothing. */
export const fewestForRate = 30;

/** Odds below which a team that keeps its promise would hardly see so many misses. */
const alertOdds = 0.05;

/** What misses a promise may have, and what became of the last ones. */
export type Budget = {
  /** How many of the latest were looked at, at most those that the promise names. */
  readonly of: number;
  readonly misses: number;
  /** Misses that the promise allows in as many as it names. */
  readonly allowed: number;
  /** The chance that a team that keeps the promise misses as many or more. */
  readonly odds: number;
  /** Whether that is so unlikely that something is wrong. */
  readonly alert: boolean;
  /** Share that was kept; undefined where there are too few to tell. */
  readonly rate: number | undefined;
  readonly sentence: string;
};

/** One decided case of a promise: when it was decided, and how. */
export type Case = { readonly id: string; readonly at: number; readonly kept: boolean };

/**
 * Judges the latest cases of a promise by the exact odds of so many misses.
 *
 * The order of the cases does not matter: those decided last count, of one instant those with the higher id.
 */
export function judgeBudget({ share, of: last }: Share, cases: readonly Case[]): Budget {
  const latest = cases.toSorted((a, b) => b.at - a.at || (a.id > b.id ? -1 : 1)).slice(0, last);
  const misses = latest.filter(({ kept }) => !kept).length;
  const of = latest.length;
  const odds = chanceOfAtLeast(misses, of, 1 - share);
  const alert = misses > 0 && odds < alertOdds;
  return {
    of,
    misses,
    // Tenths of a percent as binary fractions fall just short of whole numbers.
    allowed: Math.floor((1 - share) * last + 1e-9),
    odds,
    alert,
    rate: of >= fewestForRate ? (of - misses) / of : undefined,
    sentence: sentenceOf(misses, of, odds, alert),
  };
}

function sentenceOf(misses: number, of: number, odds: number, alert: boolean): string {
  if (of === 0) return 'Not tested yet.';
  const found = misses === 0 ? `None of the last ${of} missed` : `${misses} of the last ${of} missed`;
  if (!alert) return `${found}.`;
  if (odds === 0) return `${found}; a team that keeps this promise never sees that.`;
  return `${found}; a team that keeps this promise sees that 1 time in ${oneTimeIn(odds).toLocaleString('en-US')}.`;
}

/** The decided cases among clocks: what is exempt, unproven or cancelled says nothing of how a promise is kept. */
export const casesOf = (clocks: Iterable<readonly [id: string, clock: Clock]>): readonly Case[] =>
  [...clocks].flatMap(([id, { state, stoppedAt, dueAt }]): readonly Case[] => {
    if (state === 'kept') return [{ id, at: stoppedAt ?? 0, kept: true }];
    return state === 'missed' ? [{ id, at: dueAt ?? 0, kept: false }] : [];
  });
