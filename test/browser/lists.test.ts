import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployFiles, METADATA } from '../integration/embedded-org/ui-api/deploy-files.ts';
import { insert, startPackagedOrg, type PackagedOrg } from '../integration/embedded-org/ui-api/packaged-org.ts';
import { addUser } from '../integration/embedded-org/wire/running-org.ts';
import { launchBrowser } from '../support/browser.ts';
import { collectComplaints, openAs } from './signed-in-page.ts';

const PROBE_JS = `
import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
export default class TabProbe extends NavigationMixin(LightningElement) {
  @api greeting;
  @api recordId;
  get text() { return this.greeting + ', record ' + String(this.recordId); }
  handleGo() {
    this[NavigationMixin.Navigate]({ type: 'standard__objectPage', attributes: { objectApiName: 'Lead', actionName: 'list' },
      state: { filterName: 'MyLeads' } });
  }
}`;

const PROBE_HTML = `<template><p class="probe">{text}</p><button onclick={handleGo}>My leads</button></template>`;

const flexiPage = (type: string, greeting: string): string => `<FlexiPage ${METADATA}>
  <flexiPageRegions><itemInstances><componentInstance>
    <componentInstanceProperties><name>greeting</name><value>${greeting}</value></componentInstanceProperties>
    <componentName>tabProbe</componentName><identifier>tabProbe</identifier></componentInstance></itemInstances>
    <name>main</name><type>Region</type></flexiPageRegions>
  <masterLabel>${type}</masterLabel>
  <template><name>flexipage:defaultAppHomeTemplate</name></template><type>${type}</type></FlexiPage>`;

const FILES = {
  'lwc/tabProbe/tabProbe.js': PROBE_JS,
  'lwc/tabProbe/tabProbe.html': PROBE_HTML,
  'lwc/tabProbe/tabProbe.js-meta.xml': `<LightningComponentBundle ${METADATA}><apiVersion>66.0</apiVersion>
    <isExposed>true</isExposed><targets><target>lightning__AppPage</target><target>lightning__HomePage</target></targets>
    <targetConfigs><targetConfig targets="lightning__AppPage,lightning__HomePage">
    <property name="greeting" type="String" /></targetConfig></targetConfigs></LightningComponentBundle>`,
  'flexipages/Probe_App.flexipage': flexiPage('AppPage', 'from the tab'),
  'flexipages/Probe_Home.flexipage': flexiPage('HomePage', 'from home'),
  'tabs/Probe_Tab.tab': `<CustomTab ${METADATA}><flexiPage>Probe_App</flexiPage><label>Probe tab</label>
    <motif>Custom1: Heart</motif></CustomTab>`,
  'applications/AProbe.app': `<CustomApplication ${METADATA}><actionOverrides><actionName>Tab</actionName>
    <content>Probe_Home</content><formFactor>Large</formFactor><skipRecordTypeSelect>false</skipRecordTypeSelect>
    <type>Flexipage</type><pageOrSobjectType>standard-home</pageOrSobjectType></actionOverrides>
    <formFactors>Large</formFactors><label>Probe app</label><navType>Standard</navType>
    <tabs>standard-home</tabs><tabs>Probe_Tab</tabs><tabs>standard-Lead</tabs><uiType>Lightning</uiType></CustomApplication>`,
  'permissionsets/AProbe.permissionset': `<PermissionSet ${METADATA}><applicationVisibilities>
    <application>AProbe</application><visible>true</visible></applicationVisibilities><label>AProbe</label></PermissionSet>`,
};

const REP = 'rep@northwind.example';
const TABBED = 'tabbed@northwind.example';

let org: PackagedOrg;
let browser: Browser;
beforeAll(async () => {
  [org, browser] = await Promise.all([startPackagedOrg(), launchBrowser()]);
  await deployFiles(org.org, FILES, {
    LightningComponentBundle: ['tabProbe'],
    FlexiPage: ['Probe_App', 'Probe_Home'],
    CustomTab: ['Probe_Tab'],
    CustomApplication: ['AProbe'],
    PermissionSet: ['AProbe'],
  });
  const soql = "SELECT Id FROM PermissionSet WHERE Name = 'AProbe'";
  const [set] = org.org.query(org.org.system(), soql, { includeDeleted: false, apiVersion: 68 }).page(0, 1);
  const userId = addUser(org, TABBED);
  insert(org, 'PermissionSetAssignment', { AssigneeId: userId, PermissionSetId: set?.['Id'] });
  insert(org, 'Lead', { LastName: 'Others', Company: 'Zebra' });
  const OwnerId = org.org.findUserByUsername(REP)?.userId;
  for (let i = 0; i < 60; i++)
    insert(org, 'Lead', { LastName: `Row ${String(i).padStart(2, '0')}`, Company: 'Many', OwnerId });
  const CampaignId = insert(org, 'Campaign', { Name: 'Autumn', IsActive: true });
  insert(org, 'CampaignMember', { CampaignId, LeadId: org.leadId, Status: 'Sent' });
});
afterAll(async () => {
  await browser.close();
  await org[Symbol.asyncDispose]();
});

const namesOn = (page: Page): Promise<string[]> => page.locator('tbody th').allInnerTexts();

describe('the list page of an object', () => {
  it('shows the list view that the user picks, with its columns and the owner by name', async () => {
    const page = await openAs(browser, org.instanceUrl, REP, '/lightning/o/Lead/list');
    const complaints = collectComplaints(page);
    await page.getByRole('heading', { name: 'All Open Leads' }).waitFor();
    await page.locator('summary', { hasText: 'Select a list view' }).click();
    await page.getByRole('link', { name: 'My Leads' }).click();
    await page.getByRole('heading', { name: 'My Leads' }).waitFor();
    expect(await namesOn(page)).not.toContain('Others');
    const owners = page.locator('tbody tr').first().locator('td').filter({ hasText: 'Tester' });
    expect(await owners.count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it('sorts by the column that the user clicks, and pages and searches within the list view', async () => {
    const page = await openAs(browser, org.instanceUrl, REP, '/lightning/o/Lead/list?filterName=MyLeads');
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('link').click();
    expect((await namesOn(page))[0]).toBe("Ada O'Neil");
    await page.getByRole('link', { name: 'Next' }).click();
    expect(await namesOn(page)).toHaveLength(11);
    expect(page.url()).toContain('filterName=MyLeads');
    await page.getByRole('searchbox', { name: 'Search this list' }).fill('Row 5');
    await page.keyboard.press('Enter');
    await page.getByText('10 items').waitFor();
  });

  it('reads deployed list views, and says plainly of one that is not there', async () => {
    const page = await openAs(browser, org.instanceUrl, REP, '/lightning/o/Accord_Lead_State__c/list?filterName=Mine');
    await page.getByRole('heading', { name: 'My Lead States' }).waitFor();
    await page.getByRole('cell', { name: "Ada O'Neil" }).getByRole('link').click();
    await page.waitForURL(`**/lightning/r/Lead/${org.leadId}/view`);
    await page.goto(`${org.instanceUrl}/lightning/o/Lead/list?filterName=Nowhere`);
    expect(await page.getByRole('alert').textContent()).toContain('nothing at this address');
  });
});

describe('the record page', () => {
  it('shows the related lists of its layout, each with the records that the user may see', async () => {
    const page = await openAs(browser, org.instanceUrl, REP, `/lightning/r/Lead/${org.leadId}/view`);
    const members = page.locator('[data-related-list="Campaign Members"]');
    await members.getByRole('heading', { name: '(1)' }).waitFor();
    expect(await members.innerText()).toContain('Autumn');
    await members.getByRole('link', { name: 'Autumn' }).waitFor();
  });
});

describe('a tab of a Lightning page', () => {
  it('shows the components of its app page, which have no record', async () => {
    const page = await openAs(browser, org.instanceUrl, TABBED, '/lightning/page/home');
    const complaints = collectComplaints(page);
    await page.getByText('from home, record undefined').waitFor();
    await page.getByRole('navigation', { name: 'Probe app' }).getByRole('link', { name: 'Probe tab' }).click();
    await page.getByText('from the tab, record undefined').waitFor();
    await page.getByRole('button', { name: 'My leads' }).click();
    await page.getByRole('heading', { name: 'My Leads' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('is not there for those who have no app with it', async () => {
    const page = await openAs(browser, org.instanceUrl, REP, '/lightning/page/home');
    const answer = await page.goto(`${org.instanceUrl}/lightning/n/Probe_Tab`);
    expect(answer?.status()).toBe(404);
  });
});

describe('the sign-in page', () => {
  it('lists every active user, lets the page scroll to the last, and keeps avatars round', async () => {
    for (let i = 0; i < 20; i++) addUser(org, `user${i}-with-a-long-name@northwind.example`);
    const context = await browser.newContext({ viewport: { width: 360, height: 500 } });
    const page = await context.newPage();
    await page.goto(`${org.instanceUrl}/lightning/page/home`);
    const buttons = page.locator('.shell-user');
    expect(await buttons.count()).toBeGreaterThanOrEqual(23);
    await buttons.last().scrollIntoViewIfNeeded();
    const box = await buttons.last().boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(500);
    for (const avatar of await page.locator('.slds-avatar').all()) {
      const { width = 0, height = 1 } = (await avatar.boundingBox()) ?? {};
      expect(Math.abs(width - height)).toBeLessThan(1);
    }
    await context.close();
  });
});
