import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeId, toId18 } from '../../../../src/embedded-org/data/ids.ts';

const id15 = fc.stringMatching(/^[0-9A-Za-z]{15}$/);

it('extends 15 characters to 18 that keep apart ids which differ in case only', () => {
  expect(toId18('001D000000IqhSL')).toBe('001D000000IqhSLIAZ');
  fc.assert(
    fc.property(id15, (id) => {
      const long = toId18(id) ?? '';
      expect(long.slice(0, 15)).toBe(id);
      expect(toId18(long)).toBe(long);
      expect(toId18(long.toLowerCase())).toBe(long);
      expect(toId18(long.toUpperCase())).toBe(long);
    }),
  );
});

it('makes ids that sort as they were counted', () => {
  fc.assert(
    fc.property(fc.nat(1e9), fc.nat(1e9), (a, b) => {
      const [first, second] = [makeId('00Q', a).slice(0, 15), makeId('00Q', b).slice(0, 15)];
      expect(first < second).toBe(a < b);
    }),
  );
});
