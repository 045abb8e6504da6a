import { describe, expect, it } from 'vitest';
import { inGroups, toClauseRows } from '../../../lwc-bridge/elements/lead-card/clause-rows.ts';
import { fieldClause } from './lead-receipt.ts';

const groupsOf = (...groups: readonly string[]): readonly (readonly [string, number])[] => {
  const clauses = groups.map((group, index) => fieldClause(`mql.${index}`, 'Industry', { group }));
  const rows = toClauseRows({ stage: 'mql', title: 'MQL', withheld: 0, clauses }, { 'Lead.Industry': '' });
  return inGroups(rows).map(({ heading, rows: inside }) => [heading, inside.length]);
};

describe('inGroups', () => {
  it('puts neighbours of one group under one heading that says how they count', () => {
    expect(groupsOf('all', 'any', 'any', 'none', 'atLeast 2 of 3', 'fewer than 2 of 3', 'not all')).toEqual([
      ['', 1],
      ['Any one of these', 2],
      ['None of these', 1],
      ['At least 2 of these 3', 1],
      ['Fewer than 2 of 3', 1],
      ['Not all of these', 1],
    ]);
  });
});

describe('toClauseRows', () => {
  it('makes a readable label of a custom field', () => {
    const definition = {
      stage: 'mql',
      title: 'MQL',
      withheld: 0,
      clauses: [fieldClause('mql.all.0', 'Lead_Origin__c')],
    };
    expect(toClauseRows(definition, {})[0]?.source).toBe('Lead origin');
  });

  it('shows when the latest event behind a clause was', () => {
    const source = { kind: 'events', event: 'activity', latestAt: '2026-11-10T09:12:00.000Z' } as const;
    const clauses = [fieldClause('mql.all.0', 'Industry', { source })];
    expect(toClauseRows({ stage: 'mql', title: 'MQL', withheld: 0, clauses }, {})[0]).toMatchObject({
      standing: 'met',
      source: 'Activities',
      at: '2026-11-10T09:12:00.000Z',
    });
  });
});
