import type { Agreement } from '../../../src/domain/agreement/schema.ts';

/** An agreement that uses every part of the language. */
export const everything: Agreement = {
  accord: 1,
  name: 'The whole language',
  timeZone: 'Europe/Berlin',
  parties: {
    marketing: { signers: ['cmo@northwind.example'] },
    sales: { signers: ['vp@northwind.example'] },
    arbiter: 'ceo@northwind.example',
  },
  highestMode: 'enforce',
  facts: {
    employees: { field: 'Lead.NumberOfEmployees' },
    country: { field: 'Lead.Country', title: 'Country' },
    revenue: { field: 'Lead.AnnualRevenue', restricted: true },
    status: { field: 'Lead.Status', blank: ['Select'] },
    products: { field: 'Lead.Products__c' },
    renewal: { field: 'Account.Renewal_Date__c' },
    won: { field: 'Opportunity.IsWon' },
    visits: { count: 'signal', where: { type: 'page', path: '/pricing*' }, within: '30 days' },
    heat: { count: 'signal', within: '60 days', decay: '14 days' },
    spend: { sum: 'signal', of: 'amount', where: { amount: { above: 10 } }, within: '90 days' },
    lastPath: { latest: 'signal', of: 'path' },
    topics: { distinct: 'signal', of: 'topic', within: '90 days' },
    quiet: { daysSince: 'activity' },
    age: { daysSince: 'Lead.CreatedDate' },
    waiting: { daysInStage: true },
    returns: { count: 'stage', where: { stage: 'mql' } },
    ownerKind: { owner: 'kind' },
    domain: { emailDomain: 'Lead.Email' },
    score: {
      score: [
        { when: { condition: 'goodFit' }, points: 20 },
        { when: { domain: { in: ['gmail.com'] } }, points: -10 },
        { each: 'visits', points: 5, max: 40 },
      ],
      cap: 100,
    },
  },
  groups: { dach: { title: 'DACH', values: ['Germany', 'Austria', 'Switzerland'] } },
  conditions: {
    goodFit: { title: 'Good fit', all: [{ employees: { between: [50, 5_000] } }, { country: { inGroup: 'dach' } }] },
  },
  segments: [{ id: 'dach', title: 'DACH', when: { all: [{ country: { inGroup: ['dach'] } }] } }],
  stages: [
    { id: 'inquiry', title: 'Inquiry' },
    {
      id: 'mql',
      title: 'Marketing qualified lead',
      back: false,
      when: {
        all: [{ condition: 'goodFit' }, { score: { atLeast: 50 } }],
        any: [
          { visits: { atLeast: 2 } },
          { heat: { above: 1.5 } },
          { spend: { atLeast: 100 } },
          { topics: { atLeast: 3 } },
        ],
        none: [{ quiet: { above: 90 } }, { lastPath: { matches: '/careers*' } }, { returns: { atLeast: 4 } }],
      },
      whenIn: { dach: { all: [{ score: { atLeast: 40 } }, { products: { includesAny: ['A', 'B'] } }] } },
    },
    {
      id: 'sal',
      title: 'Sales accepted lead',
      when: { all: [{ ownerKind: { is: 'user' } }, { status: { isNot: 'Open' } }, { revenue: { atLeast: 1e6 } }] },
    },
    { id: 'customer', title: 'Customer', when: { any: [{ won: { is: true } }, { renewal: { after: '2026-01-01' } }] } },
    {
      id: 'stale',
      title: 'Stale',
      side: true,
      back: false,
      when: { all: [{ waiting: { atLeast: 60 } }, { age: { atLeast: 90 } }] },
    },
  ],
  process: {
    owners: { inquiry: 'marketing', mql: 'marketing', sal: 'sales' },
    handOff: { stage: 'mql', requires: 'owner', accepted: { all: [{ status: { is: 'Working' } }] } },
    dispositions: [{ id: 'nurture', title: 'Nurture', when: { all: [{ status: { is: 'Nurturing' } }] } }],
    reasons: [
      { id: 'too-small', title: 'Too small', countsAgainst: 'quality' },
      { id: 'referred', title: 'Sent to a better-suited seller', keeps: 'first-touch' },
    ],
  },
  rhythm: { expires: '90 days', review: 'monthly', feedbackQuestions: { perLead: 1, perDay: 5 } },
  outcome: { success: 'won', within: '180 days', value: 'Opportunity.Amount' },
  complexity: { clauses: 60 },
};
