import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPackagedOrg, type PackagedOrg } from '../integration/embedded-org/ui-api/packaged-org.ts';
import { launchBrowser } from '../support/browser.ts';
import { collectComplaints, openAs } from './signed-in-page.ts';

let org: PackagedOrg;
let browser: Browser;
beforeAll(async () => {
  [org, browser] = await Promise.all([startPackagedOrg(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await org[Symbol.asyncDispose]();
});

const REP = 'rep@northwind.example';
const OUTSIDER = 'outsider@northwind.example';

const openLead = (user: string) => openAs(browser, org.instanceUrl, user, `/lightning/r/Lead/${org.leadId}/view`);

describe('the pages of the org', () => {
  it('lead from sign-in over the list to a record and out again', async () => {
    const page = await openAs(browser, org.instanceUrl, REP, '/lightning/page/home');
    const complaints = collectComplaints(page);
    await page.getByRole('navigation', { name: 'Accord' }).getByRole('link', { name: 'Leads' }).click();
    await page.getByRole('searchbox', { name: 'Search this list' }).fill("O'Ne");
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: "Ada O'Neil" }).click();
    await page.getByRole('heading', { name: "Ada O'Neil" }).waitFor();
    await page.getByLabel('User menu of').click();
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('heading', { name: 'Log in to the local org' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('show text of records as text', async () => {
    const page = await openLead(REP);
    await page.locator('[data-field=Company]', { hasText: 'Engines <b>Ltd</b>' }).waitFor();
    const list = await page.request.get(`${org.instanceUrl}/lightning/o/Lead/list?q=%3Cscript%3E`);
    expect(await list.text()).not.toContain('<script>');
  });

  it('let a user change a lead in place and show the org’s refusal at the field', async () => {
    const page = await openLead(REP);
    await page.getByRole('button', { name: 'Edit Title' }).click();
    await page.locator('[name=Title]').fill('Head of Engines');
    await page.locator('[name=LastName]').fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('#error-LastName').waitFor();
    await page.locator('[name=LastName]').fill("O'Neil");
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('status').filter({ hasText: 'Lead was saved.' }).waitFor();
    await page.locator('[data-field=Title]', { hasText: 'Head of Engines' }).waitFor();
    const { body } = await org.asRep('GET', `ui-api/records/${org.leadId}?fields=Lead.Title`);
    expect(JSON.stringify(body)).toContain('Head of Engines');
  });

  it('hold nothing that the user may not see', async () => {
    const page = await openLead(REP);
    const answers: string[] = [];
    page.on('response', async (response) => {
      if (response.url().includes('/lightning/api/')) answers.push(await response.text().catch(() => ''));
    });
    await page.reload();
    await page.locator('[data-field=NumberOfEmployees]', { hasText: '120' }).waitFor();
    const shown = [...answers, await page.content()].join();
    expect(['NumberOfEmployees', 'AnnualRevenue', '7654321'].filter((text) => shown.includes(text))).toEqual([
      'NumberOfEmployees',
    ]);
  });

  it('give the app only to those whom a permission set gives it, and others a standard page', async () => {
    const page = await openAs(browser, org.instanceUrl, OUTSIDER, '/lightning/page/home');
    expect(await page.getByRole('navigation', { name: 'Accord' }).count()).toBe(0);
    await page.goto(`${org.instanceUrl}/lightning/o/Accord_Agreement__c/list`);
    expect(await page.getByRole('alert').textContent()).toContain('you may not see it');
  });

  it.each([
    ['a record that is not there', '00QAc0000000zzz', 404, 'may have been deleted or merged'],
    ['an address that is no id', 'nonsense', 404, 'nothing at this address'],
  ])('say so plainly of %s', async (_, id, status, words) => {
    const page = await openLead(REP);
    const answer = await page.goto(`${org.instanceUrl}/lightning/r/Lead/${id}/view`);
    expect(answer?.status()).toBe(status);
    expect(await page.getByRole('alert').textContent()).toContain(words);
  });

  it('do not open a record of others that the user may not see', async () => {
    const page = await openLead(OUTSIDER);
    const answer = await page.goto(`${org.instanceUrl}/lightning/r/Accord_Lead_State__c/${org.stateId}/view`);
    expect(answer?.status()).toBe(404);
  });

  it('cost no API call', async () => {
    const used = async (): Promise<unknown> =>
      ((await org.send('GET', 'limits')).body as { DailyApiRequests: { Remaining: number } }).DailyApiRequests
        .Remaining;
    const before = (await used()) as number;
    const page = await openLead(REP);
    await page.locator('[data-field=Company]').waitFor();
    expect(await used()).toBe(before - 1); // the question itself
  });
});

describe('the session of a page', () => {
  it('is out of reach of scripts and of other sites', async () => {
    const page = await openLead(REP);
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ name: 'sid', httpOnly: true, sameSite: 'Strict' });
    const origin = 'http://evil.example';
    const write = await page.request.patch(`${org.instanceUrl}/lightning/api/records/${org.leadId}`, {
      headers: { origin },
      data: { fields: { Company: 'Stolen' } },
    });
    expect(write.status()).toBe(403);
  });

  it('ends at once when the user logs out or is deactivated', async () => {
    const page = await openLead(OUTSIDER);
    const id = org.org.findUserByUsername(OUTSIDER)?.userId;
    await org.send('PATCH', `sobjects/User/${id}`, { IsActive: false });
    const answer = await page.request.get(`${org.instanceUrl}/lightning/api/object-info/Lead`);
    expect(answer.status()).toBe(401);
    await page.reload();
    await page.getByRole('heading', { name: 'Log in to the local org' }).waitFor();
  });

  it('never takes the user to another site after signing in', async () => {
    const page = await openLead(REP);
    const headers = { origin: org.instanceUrl };
    for (const target of ['https://evil.example/', '//evil.example/', String.raw`/\evil.example/`]) {
      const userId = org.org.findUserByUsername(REP)?.userId ?? '';
      const form = { userId, target };
      const answer = await page.request.post(`${org.instanceUrl}/lightning/sign-in`, {
        headers,
        form,
        maxRedirects: 0,
      });
      expect(answer.headers()['location']).toBe('/lightning/page/home');
    }
  });
});
