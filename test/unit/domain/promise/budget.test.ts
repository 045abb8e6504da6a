import { assert, integer, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceOfAtLeast, oneTimeIn } from '../../../../src/domain/promise/binomial.ts';
import { type Case, casesOf, judgeBudget } from '../../../../src/domain/promise/budget.ts';
import { at, call, clockAt, person } from './clock-builder.ts';

/** Adds up every sequence of hits and misses, one by one. */
function byCounting(misses: number, of: number, rate: number): number {
  let chance = 0;
  for (let sequence = 0; sequence < 2 ** of; sequence++) {
    let missed = 0;
    for (let bit = 0; bit < of; bit++) missed += (sequence >> bit) & 1;
    if (missed >= misses) chance += rate ** missed * (1 - rate) ** (of - missed);
  }
  return chance;
}

describe('the odds of so many misses', () => {
  it.each([
    [6, 20, 0.011],
    [4, 10, 0.013],
    [5, 20, 0.043],
  ])('of at least %i of %i at 90 %% are %d', (misses, of, odds) => {
    expect(chanceOfAtLeast(misses, of, 0.1)).toBeCloseTo(odds, 3);
  });

  it('are those that counting every sequence gives', () => {
    assert(
      property(
        integer({ min: 1, max: 12 }),
        integer({ min: 0, max: 13 }),
        integer({ min: 0, max: 20 }),
        (of, misses, rate) => {
          expect(chanceOfAtLeast(misses, of, rate / 20)).toBeCloseTo(byCounting(misses, of, rate / 20), 9);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('stay exact where they are tiny, and within 0 and 1 for many', () => {
    expect(chanceOfAtLeast(20, 20, 0.1)).toBeCloseTo(1e-20, 30);
    assert(
      property(tuple(integer({ min: 0, max: 5000 }), integer({ min: 0, max: 5000 })), ([misses, of]) => {
        const chance = chanceOfAtLeast(misses, of, 0.1);
        expect(chance >= 0 && chance <= 1).toBe(true);
      }),
    );
  });

  it.each([
    [0.011253, 90],
    [0.0128, 80],
    [0.0432, 23],
    [0.5, 2],
    [0.004, 250],
    [0.000012, 83000],
  ])('are said so that %d is 1 time in %i', (chance, times) => {
    expect(oneTimeIn(chance)).toBe(times);
  });
});

const cases = (...kept: readonly boolean[]): readonly Case[] =>
  kept.map((each, index) => ({ id: `c${index}`, at: index, kept: each }));
const many = (kept: number, missed: number): readonly Case[] =>
  cases(...Array.from({ length: kept }, () => true), ...Array.from({ length: missed }, () => false));
const ninety = { share: 0.9, of: 50 };

describe('the budget of a promise', () => {
  it('says how rare so many misses are for a team that keeps it', () => {
    expect(judgeBudget(ninety, many(14, 6))).toMatchObject({
      of: 20,
      misses: 6,
      allowed: 5,
      alert: true,
      sentence: '6 of the last 20 missed; a team that keeps this promise sees that 1 time in 90.',
    });
  });

  it('does not alarm where chance explains the misses', () => {
    expect(judgeBudget(ninety, many(17, 3))).toMatchObject({ alert: false, sentence: '3 of the last 20 missed.' });
    expect(judgeBudget(ninety, many(1, 1))).toMatchObject({ alert: false, sentence: '1 of the last 2 missed.' });
    expect(judgeBudget(ninety, [])).toMatchObject({ alert: false, odds: 1, sentence: 'Not tested yet.' });
  });

  it('shows no rate under the minimum sample', () => {
    expect(judgeBudget(ninety, many(29, 0)).rate).toBeUndefined();
    expect(judgeBudget(ninety, many(27, 3)).rate).toBe(0.9);
  });

  it('looks at the latest alone, in whatever order they come', () => {
    const found = judgeBudget({ share: 0.9, of: 3 }, [...cases(false, false, true, true, true)].reverse());
    expect(found).toMatchObject({ of: 3, misses: 0 });
  });

  it('counts what is kept and missed, and nothing that is open, cancelled, exempt or unproven', () => {
    const missed = clockAt(at(6));
    const kept = clockAt(at(6), { history: person({ events: [call(at(5, '10:00'))] }) });
    const running = clockAt(at(5, '10:00'));
    const unproven = clockAt(at(6), { history: person({ unread: ['activity'] }) });
    const clocks = [missed, kept, running, unproven].map((clock, index) => [`h${index}`, clock] as const);
    expect(casesOf(clocks)).toEqual([
      { id: 'h0', at: at(5, '13:00'), kept: false },
      { id: 'h1', at: at(5, '10:00'), kept: true },
    ]);
  });
});
