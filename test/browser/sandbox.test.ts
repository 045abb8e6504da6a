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

describe('the lead card in the sandbox of Lightning Web Security', () => {
  it.each([256, 262, 264])('works as of gate %i', async (gate) => {
    const user = 'rep@northwind.example';
    const page = await openAs(browser, org.instanceUrl, user, `/lightning/r/Lead/${org.leadId}/view?lws=${gate}`);
    const complaints = collectComplaints(page);
    const modules = new Set<string>();
    page.on('request', (request) => modules.add(request.url()));
    await page.reload();
    const card = page.locator('[data-component=accordLeadCard]');
    await card.getByText('Marketing qualified lead', { exact: true }).waitFor();
    await card.locator('section').getByText('Has at least 50 employees', { exact: true }).waitFor();
    await card.getByText('120', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
    expect([...modules].filter((url) => url.endsWith('/accordLeadCard.js'))).toEqual([
      `${org.instanceUrl}/lightning/assets/sandboxed/accordLeadCard.js`,
    ]);
  });
});
