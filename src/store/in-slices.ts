/** PostgreSQL and SQLite both take thousands of parameters; short lists keep the number of distinct statements small. */
const sliceSize = 500;

/** Cuts `items` into slices that fit an `in (…)` list. */
export function inSlices<T>(items: readonly T[]): readonly (readonly T[])[] {
  const slices: (readonly T[])[] = [];
  for (let start = 0; start < items.length; start += sliceSize) slices.push(items.slice(start, start + sliceSize));
  return slices;
}

/** `$first, $first+1, …`: as many parameters as there are items. */
export const parameters = (count: number, first = 1): string =>
  Array.from({ length: count }, (_, index) => `$${first + index}`).join(', ');
