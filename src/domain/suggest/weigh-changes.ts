import { differenceInterval, type Interval, type Share, toShare, wilsonInterval } from '../preview/share.ts';

/** What became of a person, and whether a version would have let the person in, in time. */
export type Sighted = {
  /** Epoch milliseconds: people are told apart by time, the older to find a change and the younger to test it. */
  readonly createdAt: number;
  readonly id: string;
  readonly succeeded: boolean;
  readonly letIn: boolean;
};

/** How well a version tells those apart who succeed. */
export type Quality = {
  /** Successes among those let in. */
  readonly precision: Share;
  /** Of all successes, those let in. */
  readonly recall: Share;
};

export type Weighed = {
  readonly before: Quality;
  readonly after: Quality;
  readonly dropped: Share;
  readonly added: Share;
};

/** Whether each of some people is let in: their order is that of the people. */
export type Verdicts = readonly boolean[];

/** Compares two versions on the same people. */
export function weigh(people: readonly Sighted[], after: Verdicts): Weighed {
  const dropped = people.filter((each, index) => each.letIn && !after[index]);
  const added = people.filter((each, index) => !each.letIn && after[index]);
  return {
    before: qualityOf(
      people,
      people.map(({ letIn }) => letIn),
    ),
    after: qualityOf(people, after),
    dropped: shareOf(dropped),
    added: shareOf(added),
  };
}

/** People whose verdict must change before anything is said of a change. */
const fewestChanged = 30;

/** Whether a change makes those let in succeed more often and loses none of those who succeed. */
export function improves({ before, after, dropped, added }: Weighed): boolean {
  if (dropped.of + added.of < fewestChanged) return false;
  return rateOf(after.precision) > rateOf(before.precision) && after.recall.count >= before.recall.count;
}

/**
 * How much more often those succeed whom a change lets in than those it turns away, with an interval that is wide
 * enough for as many changes as are tested together.
 *
 * The people who are compared are not the same ones, so that the interval holds.
 */
export function evidenceOf({ before, dropped, added }: Weighed, tested: number): Interval {
  const z = quantileOf(1 - 0.05 / (2 * Math.max(1, tested)));
  const kept = { count: before.precision.count - dropped.count, of: before.precision.of - dropped.of };
  if (added.of === 0) return differenceInterval(kept, dropped, z);
  if (dropped.of === 0) return differenceInterval(added, before.precision, z);
  return differenceInterval(added, dropped, z);
}

export const precisionGain = ({ before, after }: Weighed): number => rateOf(after.precision) - rateOf(before.precision);

/** The older people, to find changes, and the younger ones, to test them. */
export function splitByTime<T extends Pick<Sighted, 'createdAt' | 'id'>>(
  people: readonly T[],
  share = 0.7,
): { readonly older: readonly T[]; readonly younger: readonly T[] } {
  const sorted = people.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  const cut = Math.floor(sorted.length * share);
  return { older: sorted.slice(0, cut), younger: sorted.slice(cut) };
}

function qualityOf(people: readonly Sighted[], verdicts: Verdicts): Quality {
  const letIn = people.filter((_, index) => verdicts[index]);
  const successes = people.filter(({ succeeded }) => succeeded).length;
  const both = letIn.filter(({ succeeded }) => succeeded).length;
  return { precision: toShare(both, letIn.length), recall: toShare(both, successes) };
}

const shareOf = (people: readonly Sighted[]): Share =>
  toShare(people.filter(({ succeeded }) => succeeded).length, people.length);

const rateOf = ({ count, of }: Share): number => wilsonInterval(count, of).value;

/** Quantile of the standard normal distribution, by bisection of its distribution function. */
function quantileOf(probability: number): number {
  let [low, high] = [0, 10];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (normalBelow(middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Share of the standard normal distribution below a value of 0 or more, to seven digits (Abramowitz and Stegun 26.2.17). */
function normalBelow(value: number): number {
  const t = 1 / (1 + 0.2316419 * value);
  const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-value * value) / 2) / Math.sqrt(2 * Math.PI)) * tail;
}
