/**
 * Lets `source` work on its next items while the consumer is busy with the last one, `depth` items at most.
 *
 * An early end of the consumer ends the source as well.
 */
export async function* readAhead<T>(source: AsyncGenerator<T>, depth = 1): AsyncGenerator<T> {
  const coming: Promise<IteratorResult<T>>[] = [];
  const ask = (): void => {
    const next = source.next();
    next.catch(() => undefined);
    coming.push(next);
  };
  try {
    while (coming.length < depth) ask();
    for (;;) {
      const result = await (coming.shift() as Promise<IteratorResult<T>>);
      if (result.done) return;
      ask();
      yield result.value;
    }
  } finally {
    // Waits for the items already asked for, so that nothing of the source runs on after the consumer has gone.
    await source.return(undefined).catch(() => undefined);
  }
}
