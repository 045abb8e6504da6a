const LARGE = 8;

/**
 * How many times longer work takes on an input eight times as large: about 8 if it is linear, 64 if it is quadratic.
 *
 * The best of three runs counts, and runs below a millisecond count as one, so that a busy machine alone shows no growth.
 */
export function growthOf(work: (size: number) => unknown, size: number): number {
  return (
    best(() => work(LARGE * size)) /
    Math.max(
      1,
      best(() => work(size)),
    )
  );
}

function best(work: () => unknown): number {
  const times = [0, 1, 2].map(() => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...times);
}
