import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestOrg, type TestOrg } from '../wire/running-org.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await startTestOrg();
});

afterAll(() => org?.[Symbol.asyncDispose]());

const requests = async (): Promise<number> =>
  org.connection.limits().then(({ DailyApiRequests }) => {
    const { Max, Remaining } = DailyApiRequests as { Max: number; Remaining: number };
    return Max - Remaining;
  });

describe('jsforce', () => {
  it('knows who it is, what the org allows and how much of it is used', async () => {
    const identity = await org.connection.identity();
    expect(identity).toMatchObject({ username: org.username, user_type: 'STANDARD', active: true });
    expect(identity.organization_id).toBe(org.org.core.organizationId);
    const limits = await org.connection.limits();
    expect(limits.DailyApiRequests).toMatchObject({ Max: 15_000 });
    expect(org.connection.limitInfo.apiUsage).toMatchObject({ limit: 15_000 });
  });

  it('describes one object and all of them, and asks no second time when it may answer from its cache', async () => {
    const described = await org.connection.sobject('Lead').describe();
    expect(described.fields.find((field) => field.name === 'Company')).toMatchObject({
      type: 'string',
      nillable: false,
    });
    const global = await org.connection.describeGlobal();
    expect(global.sobjects.map((each) => each.name)).toContain('Opportunity');
    await org.connection.describe$('Lead');
    const before = await requests();
    expect((await org.connection.describe$('Lead')).name).toBe('Lead');
    expect(org.connection.describe$$('Lead')?.name).toBe('Lead');
    expect((await requests()) - before).toBe(1);
  });

  it('reads layouts, with the fields that the user may read', async () => {
    const lead = org.connection.sobject('Lead');
    const { layouts, recordTypeMappings } = await lead.layouts();
    const items = layouts.flatMap((layout) =>
      layout.detailLayoutSections.flatMap((section) => section.layoutRows.flatMap((row) => row.layoutItems)),
    );
    const shown = items.flatMap((item) => item.layoutComponents.map((component) => component.value));
    expect(shown).toEqual(expect.arrayContaining(['Company', 'Status', 'OwnerId']));
    expect(recordTypeMappings).toMatchObject([{ master: true, layoutId: layouts[0]?.id }]);
    const compact = (await lead.compactLayouts()) as { compactLayouts: { fieldItems: { label: string }[] }[] };
    expect(compact.compactLayouts[0]?.fieldItems.map((item) => item.label)).toContain('Company');
    expect(await lead.approvalLayouts()).toEqual({ approvalLayouts: [] });
    await expect(lead.layouts('NoSuchLayout')).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
    await expect(org.connection.sobject('Profile').layouts()).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
  });

  it('lists list views, and reads their definition and rows', async () => {
    await org.connection.sobject('Lead').create([
      { LastName: 'Ames', Company: 'Acme' },
      { LastName: 'Bell', Company: 'Acme' },
    ]);
    const lead = org.connection.sobject('Lead');
    const { listviews } = (await lead.listviews()) as { listviews: { id: string; label: string }[] };
    expect(listviews.length).toBeGreaterThan(0);
    const all = listviews.find(({ label }) => label === 'All Open Leads') ?? listviews[0];
    const view = lead.listview(String(all?.id));
    const described = (await view.describe()) as { query: string; columns: { fieldNameOrPath: string }[] };
    expect(described.query).toContain('FROM Lead');
    const rows = (await view.results()) as { size: number; records: { columns: { value: string | null }[] }[] };
    expect(rows.size).toBe(2);
    expect(rows.records[0]?.columns.map((column) => column.value)).toContain('Acme');
    const other = lead.listview('00B000000000000AAA');
    await expect(other.describe()).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
  });

  it('reads tabs, theme and quick actions', async () => {
    const tabs = await org.connection.tabs();
    expect(tabs.map((tab) => tab.sobjectName)).toContain('Lead');
    const { themeItems } = await org.connection.theme();
    expect(themeItems.map((item) => item.name)).toContain('Lead');
    expect(await org.connection.quickActions()).toEqual([]);
    expect(await org.connection.sobject('Lead').quickActions()).toEqual([]);
    const action = org.connection.quickAction('NoSuchAction').describe();
    await expect(action).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
  });

  it('searches by SOSL', async () => {
    await org.connection.sobject('Lead').create({ LastName: 'Zephyr', Company: 'Acme' });
    const found = await org.connection.search('FIND {zeph*} IN NAME FIELDS RETURNING Lead(LastName)');
    expect(found.searchRecords).toMatchObject([{ LastName: 'Zephyr' }]);
    await expect(org.connection.search('Zephyr')).rejects.toMatchObject({ errorCode: 'MALFORMED_SEARCH' });
  });

  it('refuses Apex, as an org without that class does', async () => {
    await expect(org.connection.apex.get('/Nothing')).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
  });
});
