import { describe, expect, it } from 'vitest';
import { suggest } from '../../../../src/domain/suggest/suggest.ts';
import type { SuccessRule } from '../../../../src/domain/preview/success.ts';
import type { PersonHistory } from '../../../../src/domain/timeline/timeline.ts';
import { agreement, checked, dayMs, now } from '../agreement-builder.ts';

const success: SuccessRule = { kind: 'converted', within: undefined, value: undefined };

const version = checked(
  agreement({
    facts: { employees: { field: 'Lead.NumberOfEmployees' }, source: { field: 'Lead.LeadSource' } },
    when: { all: [{ employees: { atLeast: 50 } }, { source: { in: ['Web', 'Ad'] } }] },
  }),
);

/** A fixed generator, so that the test says the same each time. */
function randomNumbers(): () => number {
  let state = 7;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

/** People of a year; `chance` says how likely each succeeds. */
function people(count: number, chance: (employees: number, source: string) => number): readonly PersonHistory[] {
  const random = randomNumbers();
  return Array.from({ length: count }, (_, index) => {
    const employees = Math.floor(random() * 200);
    const source = ['Web', 'Ad', 'Fair'][Math.floor(random() * 3)] ?? '';
    const IsConverted = random() < chance(employees, source);
    return {
      personId: `00Q${String(index).padStart(15, '0')}`,
      object: 'Lead' as const,
      fields: { NumberOfEmployees: employees, LeadSource: source, IsConverted },
      createdAt: now - Math.floor(random() * 365) * dayMs,
      events: [],
      changes: [],
    };
  });
}

describe('suggestions', () => {
  it('find the threshold below which nobody succeeds, and show it on people who had no part in finding it', () => {
    const found = suggest(
      version,
      success,
      people(4_000, (employees) => (employees < 100 ? 0 : 0.4)),
      now,
    );
    const [first] = found.suggestions;
    expect(first?.change).toMatch(/^Marketing qualified lead: Employees: at least 50 → at least (8\d|9\d|100)$/);
    expect(first?.evidence.low).toBeGreaterThan(0.2);
    expect(first?.tested.after.recall.count).toBe(first?.tested.before.recall.count);
    expect((first?.found.before.precision.of ?? 0) + (first?.tested.before.precision.of ?? 0)).toBe(
      found.now.precision.of,
    );
  });

  it('count a success that comes after the agreed span as none, and leave out whose span is not over', () => {
    const within = { ...success, within: 30 * dayMs };
    const [first] = people(1, () => 1) as [PersonHistory];
    const converted = (id: string, createdAt: number, at?: number): PersonHistory => ({
      ...first,
      personId: id,
      fields: { NumberOfEmployees: 60, LeadSource: 'Web', IsConverted: at !== undefined },
      createdAt,
      ...(at !== undefined && { relatedSince: at }),
    });
    const old = now - 200 * dayMs;
    const seen = [
      converted('early', old, old + 20 * dayMs),
      converted('late', old, old + 100 * dayMs),
      converted('never', old),
      converted('open', now - 5 * dayMs),
    ];
    const found = suggest(version, within, seen, now);
    expect(found.people).toBe(3);
    expect(found.now.precision).toMatchObject({ count: 1, of: 3 });
  });

  it('find a value that is missing from a list', () => {
    const { suggestions } = suggest(
      version,
      success,
      people(4_000, (_, source) => (source === 'Fair' ? 0.6 : 0.1)),
      now,
    );
    expect(suggestions.map(({ change }) => change)).toContainEqual(expect.stringContaining('Fair'));
  });

  it('are none where success does not depend on what the clauses ask', () => {
    const found = suggest(
      version,
      success,
      people(4_000, () => 0.2),
      now,
    );
    expect(found.tried).toBeGreaterThan(5);
    expect(found.suggestions).toEqual([]);
  });

  it('say nothing of few people, and nothing where nobody has succeeded', () => {
    expect(
      suggest(
        version,
        success,
        people(60, (employees) => (employees < 100 ? 0 : 1)),
        now,
      ).suggestions,
    ).toEqual([]);
    expect(
      suggest(
        version,
        success,
        people(1_000, () => 0),
        now,
      ).suggestions,
    ).toEqual([]);
    expect(suggest(version, success, [], now)).toMatchObject({ people: 0, suggestions: [] });
  });
});
