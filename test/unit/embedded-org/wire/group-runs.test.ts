import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { groupRuns } from '../../../../src/embedded-org/wire/group-runs.ts';

it('keeps every item in its place, and cuts exactly where the key changes', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c'), value: fc.nat() })), (items) => {
      const runs = groupRuns(items, ({ key }) => key);
      expect(runs.flatMap((run) => run.items)).toEqual(items);
      expect(runs.every((run) => run.items.length > 0 && run.items.every(({ key }) => key === run.key))).toBe(true);
      expect(runs.some((run, i) => run.key === runs[i + 1]?.key)).toBe(false);
    }),
  );
});
