import type { Receipt, ReceiptClause } from '../../../src/domain/verdict/decision.ts';
import type { LeadCardData } from '../../../lwc-bridge/port/lead-card.ts';

export const values = { 'Lead.NumberOfEmployees': '1,200', 'Lead.Industry': 'Technology', 'Lead.Rating': '' };

/** A clause on a field of the lead, met unless said otherwise. */
export const fieldClause = (id: string, field: string, rest: Partial<ReceiptClause> = {}): ReceiptClause => ({
  id,
  sentence: `${field} is as agreed`,
  outcome: 'met',
  source: { kind: 'field', field: `Lead.${field}` },
  group: id.split('.').at(-2) ?? 'all',
  ...rest,
});

/** A lead that is an MQL with two clauses, and whose next stage wants a rating. */
export const makeReceipt = (rest: Partial<Receipt> = {}): Receipt => ({
  v: 1,
  agreement: { name: 'Northwind', version: 3, hash: 'f'.repeat(64) },
  stage: { id: 'mql', title: 'Marketing qualified lead' },
  decidedAt: '2026-11-19T15:20:00.000Z',
  definitions: [
    {
      stage: 'mql',
      title: 'Marketing qualified lead',
      outcome: 'met',
      withheld: 0,
      clauses: [fieldClause('mql.all.0', 'NumberOfEmployees'), fieldClause('mql.all.1', 'Industry')],
    },
    {
      stage: 'sal',
      title: 'Sales accepted lead',
      outcome: 'unknown',
      withheld: 0,
      clauses: [fieldClause('sal.all.0', 'Rating', { outcome: 'unknown', finding: 'Rating is not known' })],
    },
  ],
  ...rest,
});

/** What the host tells of that lead. */
export const makeCard = (
  receipt: Receipt = makeReceipt(),
  rest: Partial<Extract<LeadCardData, { status: 'ready' }>> = {},
): LeadCardData => ({
  status: 'ready',
  receipt: JSON.stringify(receipt),
  since: '2026-11-19T15:20:00.000Z',
  agreement: { name: 'Northwind', version: 3, status: 'In Force' },
  values,
  converted: false,
  checking: false,
  ...rest,
});
