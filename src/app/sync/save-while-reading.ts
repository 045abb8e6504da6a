/**
 * Hands every item to `save` while the next ones are being read, with at most `underWay` saves at a time.
 *
 * With one alone, whoever saves would wait for the reader each time it is done. Ends when all are saved.
 */
export async function saveWhileReading<T>(
  items: AsyncIterable<T>,
  save: (item: T) => Promise<unknown>,
  underWay = 3,
): Promise<void> {
  const saving: Promise<unknown>[] = [];
  for await (const item of items) {
    if (saving.length >= underWay) await saving.shift();
    const saved = save(item);
    // Its failure is thrown where it is awaited; without a handler it would end the process before that.
    saved.catch(() => undefined);
    saving.push(saved);
  }
  await Promise.all(saving);
}
