import { expect, it } from 'vitest';
import { readAhead } from '../../../src/crm/extract/read-ahead.ts';

async function* numbers(to: number, seen: string[]): AsyncGenerator<number> {
  try {
    for (let n = 0; n < to; n += 1) {
      seen.push(`made ${n}`);
      yield n;
    }
  } finally {
    seen.push('closed');
  }
}

it('keeps order and loses nothing', async () => {
  const items: number[] = [];
  for await (const n of readAhead(numbers(7, []), 3)) items.push(n);
  expect(items).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

it('works at most so many items ahead, and closes the source when the reader stops', async () => {
  const seen: string[] = [];
  for await (const n of readAhead(numbers(100, seen), 2)) if (n === 1) break;
  expect(seen).toEqual(['made 0', 'made 1', 'made 2', 'made 3', 'closed']);
});

it('fails where the source fails, after the items before', async () => {
  async function* failing(): AsyncGenerator<number> {
    yield 1;
    throw new Error('cut');
  }
  const items: number[] = [];
  const reading = (async () => {
    for await (const n of readAhead(failing(), 2)) items.push(n);
  })();
  await expect(reading).rejects.toThrow('cut');
  expect(items).toEqual([1]);
});
