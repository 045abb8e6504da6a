import { describe, expect, it } from 'vitest';
import { type CallRow, readCalls } from '../../../../src/app/signals/read-calls.ts';

const read = async (chunks: readonly string[]): Promise<readonly CallRow[]> => {
  const source = {
    name: 'calls.ndjson',
    open: async function* () {
      for (const chunk of chunks) yield Buffer.from(chunk);
    },
  };
  const rows: CallRow[] = [];
  for await (const row of readCalls(source)) rows.push(row);
  return rows;
};

describe('readCalls', () => {
  it.each([
    ['in one piece', ['{"a":1}\n', `"${'x'.repeat(1_200_000)}"\n{"a":3}`]],
    ['in many pieces', ['{"a":1}\n"', ...Array.from({ length: 12 }, () => 'x'.repeat(200_000)), '"\n{"a"', ':3}\n']],
    ['that ends with its piece', ['{"a":1}\n', 'x'.repeat(1_200_000), '\n', '{"a":3}']],
  ])('tells of a line that is too long, %s, and goes on behind it', async (_, chunks) => {
    expect(await read(chunks)).toMatchObject([
      { line: 1, given: { a: 1 } },
      { line: 2, problem: 'The line is too long to be a call.' },
      { line: 3, given: { a: 3 } },
    ]);
  });

  it('tells once of a line that never ends', async () => {
    const chunks = Array.from({ length: 20 }, () => 'x'.repeat(200_000));
    expect(await read(chunks)).toMatchObject([{ line: 1, problem: 'The line is too long to be a call.' }]);
  });
});
