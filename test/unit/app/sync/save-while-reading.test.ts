import { expect, it } from 'vitest';
import { saveWhileReading } from '../../../../src/app/sync/save-while-reading.ts';

async function* numbers(to: number): AsyncGenerator<number> {
  for (let n = 0; n < to; n += 1) yield n;
}

it('saves every item in order, a few at a time, and ends when all are saved', async () => {
  const [begun, ended]: [number[], number[]] = [[], []];
  let most = 0;
  await saveWhileReading(
    numbers(10),
    async (n) => {
      begun.push(n);
      most = Math.max(most, begun.length - ended.length);
      await new Promise(setImmediate);
      ended.push(n);
    },
    3,
  );
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(ended).toEqual(begun);
  expect(most).toBe(3);
});

it.each([0, 3, 9])('fails when the save of item %i fails, and reads on no further than that', async (bad) => {
  let read = 0;
  const saving = saveWhileReading(numbers(10), async (n) => {
    read += 1;
    if (n === bad) throw new Error(`no ${n}`);
  });
  await expect(saving).rejects.toThrow(`no ${bad}`);
  expect(read).toBeLessThanOrEqual(bad + 3);
});

it('fails when the reading fails', async () => {
  async function* broken(): AsyncGenerator<number> {
    yield 1;
    throw new Error('cut');
  }
  await expect(saveWhileReading(broken(), async () => undefined)).rejects.toThrow('cut');
});
