import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startOrg, type RunningOrg } from '../../src/embedded-org/start-org.ts';
import type { UserContext } from '../../src/embedded-org/data/types.ts';
import type { Receipt } from '../../src/domain/verdict/decision.ts';
import { launchBrowser } from '../support/browser.ts';
import { deployPackage } from '../support/deploy-package.ts';
import { addPerson, insertRow, updateRow } from '../support/org-people.ts';

let running: RunningOrg;
let browser: Browser;
let people: Readonly<Record<'rep' | 'fieldRep', UserContext>>;
let leadId: string;
let stateId: string;

beforeAll(async () => {
  running = await startOrg({ port: 0 });
  const { org } = running;
  await deployPackage(org);
  const fieldSales = org.cloneProfile('Standard User', 'Field Sales');
  org.setProfileFieldAccess(fieldSales, 'Lead.NumberOfEmployees', { read: false, edit: false });
  const permissionSets = ['Accord_Rep', 'Accord_Rep_Org'];
  people = {
    rep: addPerson(org, 'Ana', { permissionSets }),
    fieldRep: addPerson(org, 'Dev', { permissionSets, profileId: fieldSales }),
  };
  leadId = addLead('Chen', people.rep);
  stateId = addState(leadId, people.rep, makeReceipt());
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await running?.close();
});

describe('the lead card on the Lead page', () => {
  it('shows a rep the stage, why, each condition with its value, and the version that decided', async () => {
    const card = await openCard(people.rep, leadId);
    await card.getByRole('heading', { name: 'Marketing qualified lead' }).first().waitFor();
    const text = await card.innerText();
    expect(text).toContain('Employees is at least 50; Industry is Technology');
    expect(text).toMatch(/Employees is at least 50\s+1,200\s+Met/);
    expect(text).toMatch(/Industry is Technology\s+Technology\s+Met/);
    expect(text).toMatch(/To become Sales accepted lead\s+Rating is Hot\s+blank\s+Unknown/);
    expect(text).toMatch(/Northwind agreement\s+version 3/);
  });

  it('hides value and outcome from a user who may not see the field, and says that it does', async () => {
    const own = addLead('Okafor', people.fieldRep);
    addState(own, people.fieldRep, makeReceipt());
    const card = await openCard(people.fieldRep, own);
    await card.getByText("You can't see 1 of 2 facts.").waitFor();
    const text = await card.innerText();
    expect(text).not.toContain('1,200');
    expect(text).toMatch(/Employees is at least 50\s+Hidden from you/);
    expect(text).toContain('Industry is Technology; 1 condition not shown');
  });

  it('says that nothing is measured of a lead that no agreement covers', async () => {
    const card = await openCard(people.rep, addLead('Ruiz', people.rep));
    await card.getByText('Nothing is being measured yet').waitFor();
    expect(await card.getByRole('listitem').count()).toBe(0);
  });

  it('shows the stage, and who may see why, of a lead whose reasons are not shared with the user', async () => {
    const agreement = addAgreementInForce();
    const id = addLead('Silva', people.fieldRep);
    addState(id, people.fieldRep, makeReceipt());
    const update = { Id: id, Accord_Stage__c: 'Marketing qualified lead' };
    expect(updateRow(running.org, running.org.system(), 'Lead', update)).toBe(undefined);
    const card = await openCard(people.rep, id);
    await card.getByText('Why is shown to the lead’s owner, managers and marketing.').waitFor();
    expect(await card.innerText()).toContain('Marketing qualified lead');
    expect(await card.innerText()).not.toContain('Employees');
    running.org.remove(running.org.system(), [agreement], { allOrNone: true, autoAssign: false, apiVersion: 68 });
  });

  it('shows a change made on the page at once, and looks for what the service makes of it', async () => {
    const card = await openCard(people.rep, leadId);
    await card.getByText('1,200').waitFor();
    const page = card.page();
    await page.getByRole('button', { name: /Edit.*Employees/ }).click();
    await page
      .getByLabel(/Employees/)
      .last()
      .fill('75');
    await page.getByRole('button', { name: 'Save' }).click();
    await card.getByText('The lead changed. Looking again…').waitFor();
    expect(await card.innerText()).toMatch(/Employees is at least 50\s+75\s+Met/);
  });

  it('shows a new verdict within seconds, without a reload', async () => {
    const card = await openCard(people.rep, leadId);
    await card.getByRole('heading', { name: 'Marketing qualified lead' }).first().waitFor();
    const receipt = JSON.stringify(makeReceipt({ stage: { id: 'sal', title: 'Sales accepted lead' } }));
    expect(
      updateRow(running.org, running.org.system(), 'Accord_Lead_State__c', { Id: stateId, Receipt__c: receipt }),
    ).toBe(undefined);
    await card.getByRole('heading', { name: 'Sales accepted lead', exact: true }).waitFor({ timeout: 20_000 });
  });
});

async function openCard(user: UserContext, id: string): Promise<Locator> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1200 } });
  await context.addCookies([{ name: 'sid', value: running.sessions.create(user.userId), url: running.instanceUrl }]);
  const page: Page = await context.newPage();
  await page.goto(`${running.instanceUrl}/lightning/r/Lead/${id}/view`);
  const card = page.locator('accord-lead-card article');
  await card.waitFor({ timeout: 60_000 });
  page.setDefaultTimeout(15_000);
  return card;
}

function addLead(lastName: string, owner: UserContext): string {
  return insertRow(running.org, running.org.system(), 'Lead', {
    LastName: lastName,
    Company: 'Contoso',
    OwnerId: owner.userId,
    NumberOfEmployees: 1200,
    Industry: 'Technology',
  });
}

/** Brings a version into force as the service would, by way of a proposal. */
function addAgreementInForce(): string {
  const hash = 'f'.repeat(64);
  const system = running.org.system();
  const id = insertRow(running.org, system, 'Accord_Agreement__c', {
    Name: 'Northwind agreement',
    Version__c: 3,
    Key__c: 'northwind-agreement:3',
    Document__c: '{}',
    Document_Hash__c: hash,
    Status__c: 'Proposed',
  });
  expect(updateRow(running.org, system, 'Accord_Agreement__c', { Id: id, Status__c: 'In Force' })).toBe(undefined);
  return id;
}

function addState(lead: string, owner: UserContext, receipt: Receipt): string {
  return insertRow(running.org, running.org.system(), 'Accord_Lead_State__c', {
    OwnerId: owner.userId,
    Lead__c: lead,
    Lead_Id__c: lead,
    Agreement_Version__c: 3,
    Since__c: '2026-11-01T10:00:00.000Z',
    Receipt__c: JSON.stringify(receipt),
  });
}

function makeReceipt(rest: Partial<Receipt> = {}): Receipt {
  const clause = { outcome: 'met', group: 'all' } as const;
  const field = (name: string): { kind: 'field'; field: string } => ({ kind: 'field', field: `Lead.${name}` });
  const sentence = { size: 'Employees is at least 50', industry: 'Industry is Technology', rating: 'Rating is Hot' };
  return {
    v: 1,
    agreement: { name: 'Northwind agreement', version: 3, hash: 'f'.repeat(64) },
    stage: { id: 'mql', title: 'Marketing qualified lead' },
    decidedAt: '2026-11-01T10:00:00.000Z',
    definitions: [
      {
        stage: 'mql',
        title: 'Marketing qualified lead',
        outcome: 'met',
        withheld: 0,
        clauses: [
          { ...clause, id: 'mql.all.0', sentence: sentence.size, source: field('NumberOfEmployees') },
          { ...clause, id: 'mql.all.1', sentence: sentence.industry, source: field('Industry') },
        ],
      },
      {
        stage: 'sal',
        title: 'Sales accepted lead',
        outcome: 'unknown',
        withheld: 0,
        clauses: [
          {
            id: 'sal.all.0',
            sentence: sentence.rating,
            outcome: 'unknown',
            group: 'all',
            source: field('Rating'),
            finding: 'Rating is not known',
          },
        ],
      },
    ],
    ...rest,
  };
}
