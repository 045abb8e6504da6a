import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insert, startPackagedOrg, type PackagedOrg } from '../integration/embedded-org/ui-api/packaged-org.ts';
import { launchBrowser } from '../support/browser.ts';
import { deployComponents } from './deploy-components.ts';
import { openAs } from './signed-in-page.ts';

const PROBE_JS = `
import { LightningElement, api, wire } from 'lwc';
import { getRecord, getFieldValue, getFieldDisplayValue, updateRecord } from 'lightning/uiRecordApi';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { gql, graphql } from 'lightning/graphql';
import { NavigationMixin, CurrentPageReference } from 'lightning/navigation';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import LEAD from '@salesforce/schema/Lead';
import COMPANY from '@salesforce/schema/Lead.Company';
import EMPLOYEES from '@salesforce/schema/Lead.NumberOfEmployees';
import OWNER_NAME from '@salesforce/schema/Lead.Owner.Name';
import USER_ID from '@salesforce/user/Id';
import SIGNS from '@salesforce/customPermission/Accord_Sign_Sales';
import LOCALE from '@salesforce/i18n/locale';

export default class Probe extends NavigationMixin(LightningElement) {
  @api recordId;
  @api objectApiName;
  reads = 0;
  silent = 'silent';
  frozen;
  url;
  query = gql\`query q($id: ID) { uiapi { query { Lead(where: { Id: { eq: $id } }) { edges { node { Id Company { value } } } } } } }\`;

  @wire(getRecord, { recordId: '$recordId', fields: [COMPANY, EMPLOYEES], optionalFields: [OWNER_NAME] })
  applyLead({ data }) {
    if (!data) return;
    this.lead = data;
    this.reads += 1;
    this.frozen = Object.isFrozen(data.fields);
  }
  lead;

  @wire(getRecord, { recordId: '$missing', fields: [COMPANY] })
  applyNothing({ data, error }) {
    if (data || error) this.silent = 'spoke';
  }
  missing;

  @wire(getObjectInfo, { objectApiName: LEAD }) info;
  @wire(graphql, { query: '$query', variables: '$variables' }) result;
  @wire(CurrentPageReference) pageReference;

  get variables() { return { id: this.recordId }; }

  connectedCallback() {
    this[NavigationMixin.GenerateUrl]({ type: 'standard__objectPage', attributes: { objectApiName: 'Lead', actionName: 'list' } })
      .then((url) => { this.url = url; });
  }

  get facts() {
    return JSON.stringify({
      company: getFieldValue(this.lead, COMPANY),
      employees: getFieldDisplayValue(this.lead, EMPLOYEES),
      owner: getFieldValue(this.lead, OWNER_NAME),
      viaGraphQl: this.result?.data?.uiapi.query.Lead.edges[0]?.node.Company.value,
      label: this.info?.data?.label,
      objectApiName: this.objectApiName,
      user: USER_ID,
      signs: SIGNS ?? null,
      locale: LOCALE,
      silent: this.silent,
      frozen: this.frozen,
      url: this.url,
      page: this.pageReference?.type,
    });
  }

  async handleChange() {
    await updateRecord({ fields: { Id: this.recordId, Company: 'Changed by the component' } });
    this.dispatchEvent(new ShowToastEvent({ title: 'Done', message: 'by the component', variant: 'success' }));
  }
}`;

const PROBE_HTML = `<template>
  <lightning-card title="Probe" icon-name="standard:lead">
    <lightning-icon icon-name="utility:check" alternative-text="checked"></lightning-icon>
    <pre class="facts">{facts}</pre>
    <lightning-button label="Change" onclick={handleChange}></lightning-button>
  </lightning-card>
</template>`;

const BROKEN_JS = `
import { LightningElement } from 'lwc';
import { missing } from 'lightning/notServed';
export default class Broken extends LightningElement { field = missing; }`;

const USER = 'outsider@northwind.example';

let org: PackagedOrg;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  [org, browser] = await Promise.all([startPackagedOrg(), launchBrowser()]);
  await deployComponents(org.org, {
    probe: { js: PROBE_JS, html: PROBE_HTML },
    broken: { js: BROKEN_JS, html: '<template>never seen</template>' },
  });
  const soql = "SELECT Id FROM PermissionSet WHERE Name = 'Probe'";
  const [set] = org.org.query(org.org.system(), soql, { includeDeleted: false, apiVersion: 68 }).page(0, 1);
  const user = org.org.findUserByUsername(USER)?.userId;
  insert(org, 'PermissionSetAssignment', { AssigneeId: user, PermissionSetId: set?.['Id'] });
  const fields = { LastName: 'Owned', Company: 'Engines <b>Ltd</b>', NumberOfEmployees: 120, OwnerId: user };
  const leadId = insert(org, 'Lead', fields);
  page = await openAs(browser, org.instanceUrl, USER, `/lightning/r/Lead/${leadId}/view`);
});
afterAll(async () => {
  await browser.close();
  await org[Symbol.asyncDispose]();
});

const facts = async (): Promise<unknown> => JSON.parse((await page.locator('.facts').textContent()) ?? '{}');

describe('a deployed Lightning web component', () => {
  it('gets its record, its user and its org as on the platform', async () => {
    await page.locator('.facts', { hasText: /viaGraphQl.*label/ }).waitFor();
    expect(await facts()).toEqual({
      company: 'Engines <b>Ltd</b>',
      employees: '120',
      owner: 'Tester',
      viaGraphQl: 'Engines <b>Ltd</b>',
      label: 'Lead',
      objectApiName: 'Lead',
      user: org.org.findUserByUsername(USER)?.userId,
      signs: null,
      locale: 'en-US',
      silent: 'silent',
      frozen: true,
      url: '/lightning/o/Lead/list',
      page: 'standard__recordPage',
    });
  });

  it('shows the base components with the icons of the design system', async () => {
    await page.locator('lightning-icon svg path').first().waitFor({ state: 'attached' });
    expect(await page.getByRole('button', { name: 'Change' }).isVisible()).toBe(true);
  });

  it('is told of its own writes, as are the panels of the page', async () => {
    await page.getByRole('button', { name: 'Change' }).click();
    await page.getByRole('status').filter({ hasText: 'by the component' }).waitFor();
    await page.locator('.facts', { hasText: /"company":"Changed.*"viaGraphQl":"Changed/ }).waitFor();
    const panel = page.locator('[data-field=Company]');
    await panel.filter({ hasText: 'Changed' }).waitFor();
    expect(await panel.textContent()).toContain('Changed by the component');
  });

  it('that does not compile says why and leaves the others alone', async () => {
    const problem = page.getByRole('alert').filter({ hasText: 'The component broken does not work' });
    expect(await problem.textContent()).toContain('lightning/notServed');
  });
});
