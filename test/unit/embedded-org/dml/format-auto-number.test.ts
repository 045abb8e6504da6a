import { expect, it } from 'vitest';
import { formatAutoNumber } from '../../../../src/embedded-org/data/dml/default-values.ts';

const june = Date.UTC(2026, 5, 1);

it('pads the number to the zeros of the format and lets it grow beyond them', () => {
  expect(formatAutoNumber('SIG-{0000}', 7, june)).toBe('SIG-0007');
  expect(formatAutoNumber('SIG-{00}', 1234, june)).toBe('SIG-1234');
});

it('fills in the day of creation', () => {
  expect(formatAutoNumber('{YYYY}-{MM}-{DD}/{0}', 3, june)).toBe('2026-06-01/3');
});
