/** The platform cuts longer calls into blocks of this size; a key may stand once in a block. */
const BLOCK = 200;

/** Places of the keys that stand more than once in their block; empty keys do not count. */
export function repeatedKeys(keys: readonly string[]): ReadonlySet<number> {
  const repeated = new Set<number>();
  const firstAt = new Map<string, number>();
  keys.forEach((key, index) => {
    if (index % BLOCK === 0) firstAt.clear();
    if (key === '') return;
    const first = firstAt.get(key);
    if (first === undefined) firstAt.set(key, index);
    else repeated.add(first).add(index);
  });
  return repeated;
}
