import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insert, startPackagedOrg, type PackagedOrg } from './packaged-org.ts';

type UiRecord = {
  id: string;
  apiName: string;
  fields: Record<string, { value: unknown; displayValue: string | null }>;
};
type Refusal = { errorCode: string; message: string; output?: { fieldErrors: Record<string, { message: string }[]> } };

let org: PackagedOrg;
beforeAll(async () => {
  org = await startPackagedOrg();
});
afterAll(() => org[Symbol.asyncDispose]());

const read = async (path: string, send = org.asRep): Promise<UiRecord> =>
  (await send('GET', `ui-api/records/${path}`)).body as UiRecord;

const refusal = (body: unknown): Refusal => (body as Refusal[])[0] as Refusal;

describe('a record of UI API', () => {
  it('gives values with the text that a page shows in the locale of the user', async () => {
    const { fields } = await read(`${org.leadId}?fields=Lead.NumberOfEmployees,Lead.Company,Lead.Owner.Name`);
    expect(fields['NumberOfEmployees']).toEqual({ value: 120, displayValue: '120' });
    expect(fields['Company']).toEqual({ value: 'Engines <b>Ltd</b>', displayValue: null });
    expect(fields['Owner']).toMatchObject({
      displayValue: 'Tester',
      value: { apiName: 'User', fields: { Name: { value: 'Tester' } } },
    });
  });

  it('writes instants as UI API does, in UTC with a Z', async () => {
    const { fields } = await read(`${org.stateId}?fields=Accord_Lead_State__c.Since__c`);
    expect(fields['Since__c']?.value).toBe('2026-01-02T03:04:05.000Z');
  });

  it('fails for a required field that the user may not read, in the words for a field that is not there', async () => {
    const { status, body } = await org.asRep('GET', `ui-api/records/${org.leadId}?fields=Lead.AnnualRevenue`);
    expect(status).toBe(400);
    expect(refusal(body)).toMatchObject({
      errorCode: 'INVALID_FIELD',
      message: expect.stringContaining("No such column 'AnnualRevenue' on entity 'Lead'"),
    });
  });

  it('leaves an optional field out when the user may not read it, and gives it to one who may', async () => {
    const path = `${org.leadId}?fields=Lead.Name&optionalFields=Lead.AnnualRevenue,Lead.Nonsense__c`;
    expect(Object.keys((await read(path)).fields)).toEqual(['Name']);
    expect((await read(path, org.asAdmin)).fields['AnnualRevenue']).toEqual({
      value: 7_654_321,
      displayValue: '$7,654,321',
    });
  });

  it('shows no hidden field when every field is asked for', async () => {
    const body = JSON.stringify(await read(`${org.leadId}?layoutTypes=Full`));
    expect(body).toContain("O'Neil");
    expect(body).not.toContain('AnnualRevenue');
    expect(body).not.toContain('7654321');
  });

  it('tells a record without access from one that does not exist', async () => {
    const denied = await org.asOutsider('GET', `ui-api/records/${org.stateId}?fields=Accord_Lead_State__c.Name`);
    expect([denied.status, refusal(denied.body).errorCode]).toEqual([403, 'INSUFFICIENT_ACCESS']);
    const missing = await org.asRep('GET', 'ui-api/records/00QAc0000000zzz?fields=Lead.Name');
    expect([missing.status, refusal(missing.body).errorCode]).toEqual([404, 'NOT_FOUND']);
  });

  it('is as deleted as it is', async () => {
    const id = insert(org, 'Lead', {
      LastName: 'Gone',
      Company: 'Gone',
      OwnerId: org.org.findUserByUsername('rep@northwind.example')?.userId,
    });
    expect((await org.send('DELETE', `ui-api/records/${id}`)).status).toBe(204);
    const { status, body } = await org.asRep('GET', `ui-api/records/${id}?fields=Lead.Name`);
    expect([status, refusal(body).errorCode]).toEqual([404, 'ENTITY_IS_DELETED']);
  });
});

describe('writing through UI API', () => {
  it('creates and changes as the user and answers the record as it is then', async () => {
    const created = await org.asRep('POST', 'ui-api/records', {
      apiName: 'Lead',
      fields: { LastName: 'New', Company: 'Acme' },
    });
    expect(created.status).toBe(201);
    const { id } = created.body as UiRecord;
    const changed = await org.asRep('PATCH', `ui-api/records/${id}`, { fields: { Company: 'Other' } });
    expect((changed.body as UiRecord).fields['Company']?.value).toBe('Other');
    expect((await read(`${id}?fields=Lead.CreatedBy.Name`)).fields['CreatedBy']?.displayValue).toBe('Tester');
  });

  it('names the fields that a refused write concerns', async () => {
    const { status, body } = await org.asRep('PATCH', `ui-api/records/${org.leadId}`, { fields: { Company: '' } });
    expect(status).toBe(400);
    expect(refusal(body).output?.fieldErrors['Company']?.[0]?.message).toContain('Required fields are missing');
  });

  it('refuses a change of a field that the user may only read', async () => {
    const { status, body } = await org.asRep('PATCH', `ui-api/records/${org.stateId}`, { fields: { Stage__c: 'sql' } });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify(body)).toContain('RecordError');
    expect((await read(`${org.stateId}?fields=Accord_Lead_State__c.Stage__c`)).fields['Stage__c']?.value).toBe('mql');
  });
});

describe('object information', () => {
  it('lists only what the user may read, and says what the user may change', async () => {
    const { body } = await org.asRep('GET', 'ui-api/object-info/Lead');
    const { fields, nameFields } = body as {
      fields: Record<string, { updateable: boolean; dataType: string }>;
      nameFields: string[];
    };
    expect(fields['AnnualRevenue']).toBeUndefined();
    expect(fields['Company']).toMatchObject({ updateable: true, dataType: 'String' });
    expect(fields['CreatedDate']).toMatchObject({ updateable: false, dataType: 'DateTime' });
    expect(nameFields).toEqual(['Name', 'Salutation', 'FirstName', 'LastName']);
  });

  it('gives the values of a picklist', async () => {
    const { body } = await org.asRep(
      'GET',
      'ui-api/object-info/Accord_Agreement__c/picklist-values/012000000000000AAA/Mode__c',
    );
    expect((body as { values: { value: string }[] }).values.map(({ value }) => value)).toEqual([
      'Observe',
      'Advise',
      'Enforce',
    ]);
  });
});
