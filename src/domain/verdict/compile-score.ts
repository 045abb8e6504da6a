import type { Fact, ScoreLine } from '../agreement/schema.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { FactReader } from './compile-fact.ts';
import type { Judgement } from './judgement.ts';
import { met, notMet, unknown, type OutcomeCode } from './outcome-code.ts';
import { outcomeOf, type DefinitionNode } from './outcome-of.ts';

/** What is known of a number: it lies between both ends, which are equal where it is known exactly. */
export type Interval = { low: number; high: number };

/** Writes the interval of a value into `into`. */
export type Measure = (timeline: Timeline, now: number, judgement: Judgement, into: Interval) => void;

export type CompiledLine = {
  /** In words, such as `Good fit` or `each of Visits, up to 40`. */
  readonly sentence: string;
  /** Of what the line adds; `code` is what its condition came to, `met` where a count adds something. */
  readonly measure: (timeline: Timeline, now: number, judgement: Judgement, into: Interval) => OutcomeCode;
  /** Fields that the line reads, such as `Lead.Industry`. */
  readonly fields: readonly string[];
};

export type CompiledScore = { readonly lines: readonly CompiledLine[]; readonly measure: Measure };

/** Adds up lines: an unknown one makes the score an interval. */
export function compileScore(
  { cap = Infinity }: Extract<Fact, { score: unknown }>,
  lines: readonly CompiledLine[],
): CompiledScore {
  const part: Interval = { low: 0, high: 0 };
  const measure: Measure = (timeline, now, judgement, into) => {
    let low = 0;
    let high = 0;
    for (const line of lines) {
      line.measure(timeline, now, judgement, part);
      low += part.low;
      high += part.high;
    }
    into.low = Math.min(cap, rounded(low));
    into.high = Math.min(cap, rounded(high));
  };
  return { lines, measure };
}

/** Points may be fractions; what binary numbers make of them must not decide at a bound. */
const rounded = (points: number): number => (Number.isFinite(points) ? Math.round(points * 1e6) / 1e6 : points);

/** As much of a compiled definition as judging it takes. */
type Judged = {
  readonly node: DefinitionNode | undefined;
  readonly clauses: readonly { judge(timeline: Timeline, now: number, judgement: Judgement): OutcomeCode }[];
};

/** A line that adds its points when its condition holds. */
export function measureWhen(points: number, { node, clauses }: Judged): CompiledLine['measure'] {
  const codes = clauses.map((): OutcomeCode => unknown);
  return (timeline, now, judgement, into) => {
    for (let index = 0; index < clauses.length; index++) {
      codes[index] = clauses[index]?.judge(timeline, now, judgement) ?? unknown;
    }
    const code = node ? outcomeOf(node, codes) : met;
    into.low = code === met ? points : code === unknown ? Math.min(0, points) : 0;
    into.high = code === met ? points : code === unknown ? Math.max(0, points) : 0;
    return code;
  };
}

/** A line that adds points for each one of a count, up to `max` in all; less than none counts as none. */
export function measureEach(
  { points, max = Infinity }: Extract<ScoreLine, { each: string }>,
  read: Measure,
): CompiledLine['measure'] {
  const worth = (count: number): number => {
    if (points === 0 || count <= 0) return 0;
    return Math.sign(points) * Math.min(max, Math.abs(points) * count);
  };
  return (timeline, now, judgement, into) => {
    read(timeline, now, judgement, into);
    const isKnown = into.low === into.high;
    const [one, other] = [worth(into.low), worth(into.high)];
    into.low = Math.min(one, other);
    into.high = Math.max(one, other);
    if (!isKnown) return unknown;
    return into.low === 0 ? notMet : met;
  };
}

/** A fact with one value as an interval; unknown is anything from none. */
export const measureValue =
  (read: FactReader): Measure =>
  (timeline, now, judgement, into) => {
    const value = read(timeline, now, judgement);
    const isNumber = typeof value === 'number' || typeof value === 'boolean';
    into.low = isNumber ? Number(value) : 0;
    into.high = isNumber ? Number(value) : Infinity;
  };
