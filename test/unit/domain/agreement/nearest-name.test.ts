import { describe, expect, it } from 'vitest';
import { nearestName } from '../../../../src/domain/agreement/nearest-name.ts';

const names = ['Industry', 'Rating', 'NumberOfEmployees', 'atLeast', 'n'];

describe('nearestName', () => {
  it.each([
    ['industry', 'Industry'],
    ['Indutsry', 'Industry'],
    ['NumberEmployees', 'NumberOfEmployees'],
    ['atleast', 'atLeast'],
    ['Ratng', 'Rating'],
  ])('takes %j for %j', (written, meant) => {
    expect(nearestName(written, names)).toBe(meant);
  });

  it('names nothing when nothing is close', () => {
    expect(nearestName('AnnualRevenue', names)).toBeUndefined();
  });

  it('prefers the nearest over the first', () => {
    expect(nearestName('phone', ['Phones', 'Phone'])).toBe('Phone');
  });
});
