type Listener = (recordIds: ReadonlySet<string>) => void;

const listeners = new Set<Listener>();

/** Calls back when records were written in this page; returns how to stop. */
export function onRecordChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Makes every wire that shows one of these records read again. */
export function tellRecordsChanged(recordIds: readonly string[]): void {
  const ids = new Set(recordIds);
  for (const listener of listeners) listener(ids);
}
