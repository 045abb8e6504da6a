import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { keepRows, packRows, rowCount, unpackRows } from '../../../../src/app/ports/packed-rows.ts';

const value = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constant('\uFEFF'),
);
const rows = fc.array(fc.array(value, { minLength: 1, maxLength: 4 }), { maxLength: 20 });

it('gives back the rows that were packed', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const packed = packRows(given);
      expect(rowCount(packed)).toBe(given.length);
      expect(unpackRows(packed)).toEqual(given);
    }),
  );
});

it('keeps the rows that are wanted, byte for byte', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const wanted = (values: readonly unknown[]): boolean => typeof values[0] === 'string';
      expect(keepRows(packRows(given), wanted)).toEqual(packRows(given.filter(wanted)));
    }),
  );
});
