type Run<Key, Item> = { readonly key: Key; readonly items: readonly Item[] };

/** Cuts a list wherever the key changes, so that what is written together keeps the order sent. */
export function groupRuns<Key, Item>(items: readonly Item[], keyOf: (item: Item) => Key): readonly Run<Key, Item>[] {
  const runs: { key: Key; items: Item[] }[] = [];
  for (const item of items) {
    const key = keyOf(item);
    const last = runs.at(-1);
    if (last?.key === key) last.items.push(item);
    else runs.push({ key, items: [item] });
  }
  return runs;
}
