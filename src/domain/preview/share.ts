/** An estimate with its interval of 95 % confidence. */
export type Interval = { readonly value: number; readonly low: number; readonly high: number };

/** How many of how many. */
export type Share = {
  readonly count: number;
  readonly of: number;
  /** Absent for small samples, whose percentages mislead. */
  readonly rate?: Interval;
};

/** Samples below this are told as counts. */
export const smallSample = 30;

/** Standard normal quantile of a two-sided interval of 95 %. */
export const z95 = 1.959963984540054;

/** A share, with its interval where the sample bears one. */
export function toShare(count: number, of: number): Share {
  return of < smallSample ? { count, of } : { count, of, rate: wilsonInterval(count, of) };
}

/** Wilson's score interval of a share: it stays inside 0 and 1 and keeps its confidence for shares near them. */
export function wilsonInterval(count: number, of: number, z = z95): Interval {
  if (of === 0) return { value: 0, low: 0, high: 1 };
  const value = count / of;
  const scale = 1 + (z * z) / of;
  const centre = (value + (z * z) / (2 * of)) / scale;
  const spread = (z / scale) * Math.sqrt((value * (1 - value)) / of + (z * z) / (4 * of * of));
  // Rounding must not put the interval beside what it is an interval of.
  return {
    value,
    low: count === 0 ? 0 : Math.min(value, centre - spread),
    high: count === of ? 1 : Math.max(value, centre + spread),
  };
}

type Counts = { readonly count: number; readonly of: number };

/** Newcombe's interval of the difference of two independent shares, `a` minus `b`, from the Wilson intervals of both. */
export function differenceInterval(a: Counts, b: Counts, z = z95): Interval {
  const first = wilsonInterval(a.count, a.of, z);
  const second = wilsonInterval(b.count, b.of, z);
  const value = first.value - second.value;
  return {
    value,
    low: value - Math.hypot(first.value - first.low, second.high - second.value),
    high: value + Math.hypot(first.high - first.value, second.value - second.low),
  };
}
