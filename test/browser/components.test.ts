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

const DATA_JS = `
import { LightningElement, api, wire } from 'lwc';
import { getListInfosByObjectName, getListInfoByName, getListRecordsByName } from 'lightning/uiListsApi';
import { getRelatedListsInfo, getRelatedListInfo, getRelatedListRecords, getRelatedListCount } from 'lightning/uiRelatedListApi';
import { getObjectInfos, getPicklistValuesByRecordType, getPicklistValues } from 'lightning/uiObjectInfoApi';
import { getLayout } from 'lightning/uiLayoutApi';
import { getRecord, getRecords, getRecordCreateDefaults, updateRecord, generateRecordInputForUpdate } from 'lightning/uiRecordApi';
import { gql, graphql, executeMutation } from 'lightning/graphql';
import { RefreshEvent, registerRefreshHandler } from 'lightning/refresh';
import LEAD from '@salesforce/schema/Lead';
import COMPANY from '@salesforce/schema/Lead.Company';
import STATUS from '@salesforce/schema/Lead.Status';

const RENAME = gql\`mutation rename($input: LeadUpdateInput!) { uiapi { LeadUpdate(input: $input) { Record { Id Company { value } } } } }\`;
const COUNT = gql\`query count { uiapi { aggregate { Lead { edges { node { aggregate { Id { count { value } } } } } } } } }\`;

export default class DataProbe extends LightningElement {
  @api recordId;
  log = {};
  later;
  frozen = [];

  note(name, value, data) { this.log = { ...this.log, [name]: value }; if (data) this.frozen = [...this.frozen, Object.isFrozen(data)]; }

  @wire(getListInfosByObjectName, { objectApiName: LEAD }) lists({ data }) { if (data) this.note('lists', data.lists.length, data); }
  @wire(getListInfoByName, { objectApiName: 'Lead', listViewApiName: 'MyLeads' }) list({ data }) { if (data) this.note('list', data.label, data); }
  @wire(getListRecordsByName, { objectApiName: LEAD, listViewApiName: 'MyLeads', fields: [COMPANY], sortBy: ['Lead.Name'], where: '{ LastName: { eq: "Owned" } }' })
  records({ data }) { if (data) this.note('records', data.records.map((each) => each.fields.Company.value), data); }
  @wire(getListRecordsByName, { objectApiName: LEAD, listViewApiName: 'Nowhere' }) nowhere({ error }) { if (error) this.note('nowhere', [error.status, error.body.errorCode]); }
  @wire(getRelatedListsInfo, { parentObjectApiName: LEAD }) related({ data }) { if (data) this.note('related', data.relatedLists.some((each) => each.relatedListId === 'CampaignMembers'), data); }
  @wire(getRelatedListInfo, { parentObjectApiName: LEAD, relatedListId: 'CampaignMembers' }) relatedInfo({ data }) { if (data) this.note('relatedInfo', data.label, data); }
  @wire(getRelatedListRecords, { parentRecordId: '$recordId', relatedListId: 'CampaignMembers', fields: ['CampaignMember.Status'] })
  members({ data }) { if (data) this.note('members', data.count, data); }
  @wire(getRelatedListCount, { parentRecordId: '$recordId', relatedListId: 'CampaignMembers' }) memberCount({ data }) { if (data) this.note('memberCount', data.count, data); }
  @wire(getObjectInfos, { objectApiNames: [LEAD, 'Task'] }) infos({ data }) { if (data) this.note('infos', data.results.map((each) => each.statusCode), data); }
  @wire(getPicklistValues, { recordTypeId: '012000000000000AAA', fieldApiName: STATUS }) statuses({ data }) { if (data) this.note('statuses', data.values.length > 2, data); }
  @wire(getPicklistValuesByRecordType, { objectApiName: LEAD, recordTypeId: '012000000000000AAA' }) picklists({ data }) { if (data) this.note('picklists', 'Status' in data.picklistFieldValues, data); }
  @wire(getLayout, { objectApiName: LEAD, layoutType: 'Full', mode: 'View' }) layout({ data }) { if (data) this.note('layout', data.sections[0].heading, data); }
  @wire(getRecordCreateDefaults, { objectApiName: LEAD }) defaults({ data }) { if (data) this.note('defaults', data.record.fields.Status.value, data); }
  @wire(getRecords, { records: [{ recordIds: ['00QAc0000000zzz'], fields: [COMPANY] }] }) several({ data }) { if (data) this.note('several', data.results.map((each) => each.statusCode), data); }
  @wire(getRecord, { recordId: '$recordId', fields: '$later' }) notYet({ data, error }) { if (data || error) this.note('notYet', 'spoke'); }
  @wire(graphql, { query: COUNT }) counted(result) { this.result = result; if (result.data) this.note('counted', result.data.uiapi.aggregate.Lead.edges[0].node.aggregate.Id.count.value > 0, result.data); }

  connectedCallback() { registerRefreshHandler(this, () => this.note('refreshed', true)); }

  get text() { return JSON.stringify({ ...this.log, frozen: this.frozen.every(Boolean) }); }

  async handleMutate() {
    const { data, errors } = await executeMutation({ query: RENAME, variables: { input: { Id: this.recordId, Lead: { Company: 'By mutation' } } } });
    this.note('mutated', errors ?? data.uiapi.LeadUpdate.Record.Company.value);
    await this.result.refresh();
    this.dispatchEvent(new RefreshEvent());
  }

  async handleConflict() {
    const input = { fields: { Id: this.recordId, Company: 'Never' } };
    const outcome = await updateRecord(input, { ifUnmodifiedSince: 'Sat, 01 Jan 2000 00:00:00 GMT' }).catch((error) => error);
    this.note('conflict', [outcome.status, outcome.body.errorCode]);
    const refused = await updateRecord({ fields: { Id: this.recordId, LastName: '' } }).catch((error) => error);
    this.note('refused', Object.keys(refused.body.output.fieldErrors));
  }
}`;

const DATA_HTML = `<template><pre class="data">{text}</pre>
  <button onclick={handleMutate}>Mutate</button><button onclick={handleConflict}>Conflict</button></template>`;

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
    dataProbe: { js: DATA_JS, html: DATA_HTML },
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

  it('reads lists, related lists, layouts and values by the modules of the platform, all of it frozen', async () => {
    await page.locator('.data', { hasText: /counted/ }).waitFor();
    await expect
      .poll(async () => JSON.parse((await page.locator('.data').textContent()) ?? '{}') as unknown)
      .toEqual({
        lists: 4,
        list: 'My Leads',
        records: ['Changed by the component'],
        nowhere: [404, 'NOT_FOUND'],
        related: true,
        relatedInfo: 'Campaign Members',
        members: 0,
        memberCount: 0,
        infos: [200, 400],
        statuses: true,
        picklists: true,
        layout: 'Lead Information',
        defaults: 'Open - Not Contacted',
        several: [404],
        counted: true,
        frozen: true,
      });
  });

  it('runs mutations, hears of a refresh, and is refused what is stale or wrong', async () => {
    await page.getByRole('button', { name: 'Mutate' }).click();
    await page.locator('.data', { hasText: /"mutated":"By mutation".*"refreshed":true/ }).waitFor();
    await page.getByRole('button', { name: 'Conflict' }).click();
    const told = page.locator('.data', { hasText: /"conflict":\[412,"CONFLICT"\],"refused":\["LastName"\]/ });
    await told.waitFor();
    expect(await told.count()).toBe(1);
  });

  it('that does not compile says why and leaves the others alone', async () => {
    const problem = page.getByRole('alert').filter({ hasText: 'The component broken does not work' });
    expect(await problem.textContent()).toContain('lightning/notServed');
  });
});
