/**
 * The chance that at least `misses` of `of` are missed by a team that misses each with the probability `rate`.
 *
 * Exact: the binomial tail, summed from its smaller end so that small chances keep their digits.
 */
export function chanceOfAtLeast(misses: number, of: number, rate: number): number {
  if (misses <= 0) return 1;
  if (misses > of || rate <= 0) return 0;
  if (rate >= 1) return 1;
  const logs = logFactorials(of);
  const [hit, miss] = [Math.log1p(-rate), Math.log(rate)];
  const chanceOf = (count: number): number =>
    Math.exp(logAt(logs, of) - logAt(logs, count) - logAt(logs, of - count) + count * miss + (of - count) * hit);
  let tail = 0;
  for (let count = of; count >= misses; count--) tail += chanceOf(count);
  return Math.min(1, tail);
}

/** `logs[n]` is the logarithm of n factorial. */
function logFactorials(to: number): Float64Array {
  const logs = new Float64Array(to + 1);
  for (let n = 2; n <= to; n++) logs[n] = logAt(logs, n - 1) + Math.log(n);
  return logs;
}

const logAt = (logs: Float64Array, index: number): number => logs[index] ?? 0;

/** `90` for 0.0113: a team sees that one time in so many, rounded as people would say it. */
export function oneTimeIn(chance: number): number {
  const times = 1 / chance;
  const step = times >= 2000 ? 1000 : times >= 200 ? 50 : times >= 30 ? 5 : 1;
  return Math.round(times / step) * step;
}
