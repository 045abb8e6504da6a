import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LeadVerdictView, toLeadCardView } from '../../../lwc-bridge/elements/lead-card/lead-card-view.ts';
import type { LeadCardData } from '../../../lwc-bridge/port/lead-card.ts';
import type { Outcome } from '../../../src/domain/verdict/decision.ts';
import { fieldClause, makeCard, makeReceipt, values } from './lead-receipt.ts';

const now = Date.parse('2026-11-21T21:00:00.000Z');
const verdictOf = (card: LeadCardData): LeadVerdictView => {
  const view = toLeadCardView(card, now);
  if (view.kind !== 'verdict') throw new Error(`The card shows ${view.kind}.`);
  return view;
};

describe('toLeadCardView', () => {
  it('shows the stage, the sentence that says why, and each value beside its clause', () => {
    const view = verdictOf(makeCard());
    expect(view.stageTitle).toBe('Marketing qualified lead');
    expect(view.why).toBe('NumberOfEmployees is as agreed; Industry is as agreed');
    expect(view.current.rows.map(({ standing, value, source }) => [standing, value, source])).toEqual([
      ['met', '1,200', 'Number of employees'],
      ['met', 'Technology', 'Industry'],
    ]);
  });

  it('hides value and outcome of a field that the user may not read, and counts it', () => {
    const { 'Lead.NumberOfEmployees': _, ...visible } = values;
    const view = verdictOf(makeCard(makeReceipt(), { values: visible }));
    expect(view.current.rows[0]).toMatchObject({ standing: 'hidden', value: undefined });
    expect(view.current).toMatchObject({ hidden: 1, facts: 2 });
    expect(view.why).toBe('Industry is as agreed; 1 condition not shown');
  });

  it('counts restricted clauses, which the receipt keeps back, among the facts that cannot be seen', () => {
    const [current] = makeReceipt().definitions;
    const receipt = makeReceipt({ definitions: [{ ...current!, withheld: 2 }] });
    expect(verdictOf(makeCard(receipt)).current).toMatchObject({ hidden: 2, facts: 4 });
  });

  it('says what would make the next stage hold to those alone who may see all that it rests on', () => {
    const [current, next] = makeReceipt().definitions;
    const wouldHold = { alternatives: [{ changes: ['Rating is Hot'] }], ask: 'Rating is Hot?' };
    const receipt = makeReceipt({ definitions: [current!, { ...next!, wouldHold }] });
    expect(verdictOf(makeCard(receipt)).wouldHold).toEqual(wouldHold);
    expect(verdictOf(makeCard(receipt, { converted: true })).wouldHold).toBeUndefined();
    const { 'Lead.Rating': _, ...visible } = values;
    expect(verdictOf(makeCard(receipt, { values: visible })).wouldHold).toBeUndefined();
  });

  it('looks the same whatever the outcome of hidden clauses is', () => {
    const outcome = fc.constantFrom<Outcome>('met', 'not-met', 'unknown');
    const card = (hidden: Outcome): LeadCardData => {
      const other = hidden === 'met' ? {} : { finding: 'Industry is another' };
      const clauses = [
        fieldClause('sal.all.0', 'Rating', { outcome: 'unknown', finding: 'Rating is not known' }),
        fieldClause('sal.all.1.any.0', 'AnnualRevenue', { outcome: hidden }),
        fieldClause('sal.all.1.any.1', 'Industry', { outcome: 'not-met', ...other }),
      ];
      const next = { stage: 'sal', title: 'Sales accepted lead', outcome: hidden, withheld: 0, clauses };
      const stage = { stage: 'inquiry', title: 'Inquiry', withheld: 0, clauses: [] };
      return makeCard(makeReceipt({ stage: { id: 'inquiry', title: 'Inquiry' }, definitions: [stage, next] }));
    };
    fc.assert(
      fc.property(outcome, outcome, (a, b) => {
        expect(toLeadCardView(card(a), now)).toEqual(toLeadCardView(card(b), now));
      }),
    );
  });

  it('gives a tick to a condition that must not hold and does not', () => {
    const [current] = makeReceipt().definitions;
    const clauses = [fieldClause('mql.none.0', 'Industry', { outcome: 'not-met' })];
    const view = verdictOf(makeCard(makeReceipt({ definitions: [{ ...current!, clauses }] })));
    expect(view.current.rows[0]).toMatchObject({ standing: 'met', negative: true, notNeeded: false });
  });

  it('says that an alternative is not needed when another one holds', () => {
    const [current] = makeReceipt().definitions;
    const clauses = [
      fieldClause('mql.any.0', 'NumberOfEmployees'),
      fieldClause('mql.any.1', 'Industry', { outcome: 'not-met' }),
    ];
    const view = verdictOf(makeCard(makeReceipt({ definitions: [{ ...current!, clauses }] })));
    expect(view.current.rows.map(({ notNeeded }) => notNeeded)).toEqual([false, true]);
  });

  it('tells a blank value from one that is hidden', () => {
    expect(verdictOf(makeCard()).next?.rows[0]).toMatchObject({ standing: 'unknown', value: '' });
  });

  it('is stale once the service is overdue by a quarter of an hour, not before', () => {
    const at = (validUntil: string): unknown => verdictOf(makeCard(makeReceipt(), { validUntil })).notice;
    expect(at('2026-11-21T20:45:00.000Z')).toBeUndefined();
    expect(at('2026-11-21T20:44:59.000Z')).toBe('stale');
  });

  it('says of a converted lead only that it was converted', () => {
    const card = makeCard(makeReceipt(), { converted: true, checking: true, validUntil: '2020-01-01T00:00:00.000Z' });
    expect(verdictOf(card).notice).toBe('converted');
  });

  it('fails plainly on a receipt that it cannot read', () => {
    expect(toLeadCardView(makeCard(makeReceipt({ v: 2 as 1 })), now).kind).toBe('failed');
  });

  it('shows the stage of a lead whose reasons are not shared with the user', () => {
    const card = { status: 'not-shared', stageTitle: 'Inquiry', inQueue: true } as const;
    expect(toLeadCardView(card, now)).toEqual({ kind: 'not-shared', stageTitle: 'Inquiry', inQueue: true });
  });

  it('passes on that nothing is measured, that it loads, or that the user has no access', () => {
    for (const status of ['none', 'loading', 'no-access'] as const) {
      expect(toLeadCardView({ status }, now)).toEqual({ kind: status });
    }
  });
});
