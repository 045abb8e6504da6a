import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { openTestOrg, type TestOrg } from '../../../support/test-org.ts';

const DML = { allOrNone: true, autoAssign: false, apiVersion: 68 };
const TABLES = ['Account', 'Contact', 'Opportunity', 'OpportunityContactRole', 'Campaign', 'CampaignMember', 'Task'];
/** What a delete and its undoing may move. */
const STAMPS = new Set(['_row', 'SystemModstamp', 'LastModifiedDate', 'LastModifiedById']);

/** Accounts and campaigns that may be children of earlier ones, each with things that hang on it; numbers choose parents. */
const shapes = fc.array(
  fc.record({
    parent: fc.nat(5),
    contacts: fc.nat(2),
    opportunity: fc.boolean(),
    campaignParent: fc.nat(5),
    tasks: fc.nat(2),
  }),
  { minLength: 1, maxLength: 4 },
);
type Shape = { parent: number; contacts: number; opportunity: boolean; campaignParent: number; tasks: number };

function build(test: TestOrg, plan: readonly Shape[]): readonly string[] {
  const [accounts, campaigns, contacts]: [string[], string[], string[]] = [[], [], []];
  for (const each of plan) {
    const account = test.create('Account', { Name: 'A', ParentId: accounts[each.parent] ?? null });
    const campaign = test.create('Campaign', { Name: 'C', ParentId: campaigns[each.campaignParent] ?? null });
    accounts.push(account);
    campaigns.push(campaign);
    for (let n = 0; n < each.contacts; n++) {
      const contact = test.create('Contact', { LastName: 'P', AccountId: account, ReportsToId: contacts[0] ?? null });
      contacts.push(contact);
      test.create('CampaignMember', { CampaignId: campaign, ContactId: contact });
      for (let task = 0; task < each.tasks; task++)
        test.create('Task', {
          WhoId: contact,
          WhatId: account,
          Subject: 'Call',
          Status: 'Completed',
          ActivityDate: '2026-06-01',
        });
    }
    if (!each.opportunity) continue;
    const values = {
      Name: 'O',
      StageName: 'Prospecting',
      CloseDate: '2026-07-01',
      AccountId: account,
      CampaignId: campaign,
    };
    const opportunity = test.create('Opportunity', values);
    const [first] = contacts;
    if (first !== undefined) test.create('OpportunityContactRole', { OpportunityId: opportunity, ContactId: first });
  }
  return [...accounts, ...campaigns, ...contacts];
}

const snapshot = (test: TestOrg) =>
  TABLES.map((table) =>
    test.org.core.db
      .prepare(`select * from "${table}" order by "Id"`)
      .all()
      .map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !STAMPS.has(name)))),
  );

it('an undelete puts back exactly what the delete took, whatever hangs on the record', () => {
  fc.assert(
    fc.property(shapes, fc.nat(), (plan, choice) => {
      const test = openTestOrg();
      try {
        const ids = build(test, plan);
        const id = ids[choice % ids.length] ?? '';
        const before = snapshot(test);
        expect(test.org.remove(test.admin, [id], DML)).toMatchObject([{ success: true }]);
        expect(snapshot(test)).not.toEqual(before);
        expect(test.org.undeleteRows(test.admin, [id], DML)).toMatchObject([{ success: true }]);
        expect(snapshot(test)).toEqual(before);
      } finally {
        test.org.close();
      }
    }),
    { numRuns: 40 },
  );
});
