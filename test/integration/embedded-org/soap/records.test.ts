import { beforeEach, describe, expect, it } from 'vitest';
import { allOf, oneOf, textOf } from '../../../../src/embedded-org/metadata/xml-element.ts';
import { addUser, startTestOrg, type TestOrg } from '../wire/running-org.ts';
import { postSoap, postText } from './soap-client.ts';

type Saved = { id: string; success: boolean; errors: { statusCode: string; fields?: string[] }[] };

let org: TestOrg;
beforeEach(async () => {
  org = await startTestOrg();
  return () => org[Symbol.asyncDispose]();
});

const soap = () => org.connection.soap;
const lead = (LastName: string, more: object = {}) => ({ type: 'Lead', LastName, Company: 'Northwind', ...more });
const create = async (record: object): Promise<string> =>
  ((await soap().create([record] as never)) as unknown as Saved[])[0]?.id ?? '';
const read = (objectName: string, id: string) => org.org.retrieve(org.org.system(), objectName, id);

describe('records by SOAP, by jsforce', () => {
  it('creates, updates, upserts and deletes, each row with its own result', async () => {
    const results = await soap().create([lead('A & <B>', { NumberOfEmployees: 5 }), { type: 'Lead', LastName: 'C' }]);
    expect(results).toMatchObject([
      { success: true, errors: [] },
      { success: false, id: null, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['Company'] }] },
    ]);
    const id = results[0]?.id ?? '';
    expect(read('Lead', id)).toMatchObject({ LastName: 'A & <B>', NumberOfEmployees: 5 });
    await soap().update({ type: 'Lead', Id: id, HasOptedOutOfEmail: true, NumberOfEmployees: null } as never);
    expect(read('Lead', id)).toMatchObject({ HasOptedOutOfEmail: true, NumberOfEmployees: null });
    const upserted = await soap().upsert('Id', [{ ...lead('New'), Id: id }, lead('Other')] as never);
    expect(upserted).toMatchObject([
      { created: false, success: true, id },
      { created: true, success: true },
    ]);
    expect(await soap().delete([id])).toMatchObject([{ id, success: true }]);
    expect(() => read('Lead', id)).toThrow('entity is deleted');
  });

  it('brings deleted records back, and not those that were taken out of the recycle bin', async () => {
    const [first, second] = [await create(lead('First')), await create(lead('Second'))];
    await soap().delete([first, second]);
    expect(await soap().emptyRecycleBin([second])).toMatchObject([{ success: true }]);
    expect(await soap().undelete([first, second])).toMatchObject([{ id: first, success: true }, { success: false }]);
    expect(read('Lead', first)).toMatchObject({ LastName: 'First' });
  });

  it('converts a lead and says of a second time why not', async () => {
    const leadId = await create(lead('Smith'));
    const conversion = { leadId, convertedStatus: 'Closed - Converted', opportunityName: 'Big deal' };
    const converted = await soap().convertLead(conversion);
    expect(converted).toMatchObject({ success: true, leadId });
    expect(read('Opportunity', converted.opportunityId ?? '')).toMatchObject({ Name: 'Big deal' });
    expect(read('Contact', converted.contactId ?? '')).toMatchObject({ LastName: 'Smith' });
    expect(await soap().convertLead([conversion])).toMatchObject([
      { success: false, contactId: null, errors: [{ statusCode: expect.any(String) }] },
    ]);
  });

  it('merges leads into the master, which takes the fields sent', async () => {
    const [master, loser] = [await create(lead('Master')), await create(lead('Loser'))];
    const request = { masterRecord: { type: 'Lead', Id: master, Title: 'CEO' }, recordToMergeIds: [loser] };
    expect(await soap().merge(request as never)).toMatchObject({ success: true, id: master, mergedRecordIds: [loser] });
    expect(read('Lead', master)).toMatchObject({ Title: 'CEO' });
    expect(() => read('Lead', loser)).toThrow('entity is deleted');
  });

  it('tells who is signed in and what time it is', async () => {
    const { userName, organizationId } = await soap().getUserInfo();
    expect({ userName, organizationId }).toEqual({
      userName: org.username,
      organizationId: org.org.core.organizationId,
    });
    expect((await soap().getServerTimestamp()).timestamp).toMatch(/^\d{4}-\d{2}-\d{2}T.*Z$/);
  });
});

describe('the partner and enterprise API', () => {
  const ask = async (api: string, soql: string, headers = '') => {
    const { body } = await postSoap(org, `${api}/68.0`, `<query><queryString>${soql}</queryString></query>`, headers);
    const result = oneOf(oneOf(body, 'queryResponse') ?? body, 'result');
    if (!result) throw new Error(`The query failed: ${JSON.stringify(body)}`);
    return result;
  };

  it('writes a record with its type and id before the fields, parents and instants in their own form', async () => {
    const id = await create(lead('Smith'));
    const result = await ask('u', 'SELECT LastName, Title, CreatedDate, Owner.Name FROM Lead');
    const record = oneOf(result, 'records');
    expect(record?.attributes?.['type']).toBe('sf:sObject');
    const names = record?.children.map((each) => each.name);
    expect(names).toEqual(['type', 'Id', 'LastName', 'Title', 'CreatedDate', 'Owner']);
    expect(record && oneOf(record, 'Title')?.attributes).toEqual({ nil: 'true' });
    expect(record && textOf(record, 'CreatedDate')).toMatch(/\.000Z$/);
    expect(record && textOf(oneOf(record, 'Owner') ?? record, 'Name')).toBe('Admin User');
    const enterprise = oneOf(await ask('c', 'SELECT Id FROM Lead'), 'records');
    expect(enterprise).toMatchObject({ attributes: { type: 'sf:Lead' }, children: [{ name: 'Id', text: id }] });
  });

  it('pages through a query with locators, each page once', async () => {
    await soap().create(Array.from({ length: 7 }, (_, i) => lead(`L${i}`)));
    await org.send('POST', '/services/embedded/config', { queryPageSize: 3 });
    const names: (string | undefined)[] = [];
    let result = await ask('u', 'SELECT LastName FROM Lead ORDER BY LastName');
    for (;;) {
      names.push(...allOf(result, 'records').map((each) => textOf(each, 'LastName')));
      const locator = textOf(result, 'queryLocator');
      if (locator === undefined) break;
      const more = await postSoap(org, 'u/68.0', `<queryMore><queryLocator>${locator}</queryLocator></queryMore>`);
      result = oneOf(more.body.children[0] ?? more.body, 'result') ?? more.body;
    }
    expect(names).toEqual(['L0', 'L1', 'L2', 'L3', 'L4', 'L5', 'L6']);
    expect(textOf(result, 'size')).toBe('7');
    expect(textOf(await ask('u', 'SELECT COUNT() FROM Lead'), 'size')).toBe('7');
  });

  it('describes objects as REST does, without addresses', async () => {
    const { text } = await postSoap(
      org,
      'u/68.0',
      '<describeSObjects><sObjectType>Lead</sObjectType><sObjectType>Task</sObjectType></describeSObjects>',
    );
    expect(text.match(/<result>/g)).toHaveLength(2);
    expect(text).toContain('<soapType>tns:ID</soapType>');
    expect(text).not.toContain('<urls>');
    expect((await postSoap(org, 'u/68.0', '<describeGlobal/>')).text).toContain('<keyPrefix>00Q</keyPrefix>');
  });

  it('retrieves by id, nil for what is not there, and tells what changed', async () => {
    const id = await create(lead('Smith'));
    const ids = `<ids>${id}</ids><ids>00Q000000000000AAA</ids>`;
    const fields = '<fieldList>Id, LastName</fieldList><sObjectType>Lead</sObjectType>';
    const { text } = await postSoap(org, 'u/68.0', `<retrieve>${fields}${ids}</retrieve>`);
    expect(text).toContain('<sf:LastName>Smith</sf:LastName></result><result xsi:nil="true"/>');
    const now = org.org.core.clock.now();
    org.org.core.clock.advance(120_000);
    const period = `<startDate>${new Date(now - 60_000).toISOString()}</startDate><endDate>${new Date(now + 120_000).toISOString()}</endDate>`;
    const ask = (name: string) =>
      postSoap(org, 'u/68.0', `<${name}><sObjectType>Lead</sObjectType>${period}</${name}>`);
    expect((await ask('getUpdated')).text).toContain(`<ids>${id}</ids>`);
    await soap().delete([id]);
    expect((await ask('getDeleted')).status).toBe(200);
  });

  it('finds records by the words in them', async () => {
    await create(lead('Quixote'));
    await create(lead('Panza'));
    const sosl = 'FIND {Quixote} IN NAME FIELDS RETURNING Lead(Id, LastName)';
    const { text } = await postSoap(org, 'u/68.0', `<search><searchString>${sosl}</searchString></search>`);
    expect(text.match(/<searchRecords>/g)).toHaveLength(1);
    expect(text).toContain('<sf:LastName>Quixote</sf:LastName>');
    const bad = await postSoap(org, 'u/68.0', '<search><searchString>FIND</searchString></search>');
    expect(bad.text).toContain('sf:MALFORMED_SEARCH');
  });

  it('writes all or none when the header asks for it', async () => {
    const record = (fields: string) => `<sObjects><type>Lead</type>${fields}</sObjects>`;
    const good = record('<LastName>Good</LastName><Company>C</Company>');
    const both = `<create>${good}${record('<LastName>Bad</LastName>')}</create>`;
    const allOrNone = '<AllOrNoneHeader><allOrNone>true</allOrNone></AllOrNoneHeader>';
    expect((await postSoap(org, 'u/68.0', both, allOrNone)).text).toContain('ALL_OR_NONE_OPERATION_ROLLED_BACK');
    expect(textOf(await ask('u', 'SELECT COUNT() FROM Lead'), 'size')).toBe('0');
    await postSoap(org, 'u/68.0', both);
    expect(textOf(await ask('u', 'SELECT COUNT() FROM Lead'), 'size')).toBe('1');
  });
});

describe('faults of SOAP calls', () => {
  const query = '<query><queryString>SELECT Nope FROM Lead</queryString></query>';

  it('has the form that clients know an expired session by', async () => {
    const { status, text } = await postSoap(org, 'u/68.0', query, '', 'gone');
    expect(status).toBe(500);
    expect(text).toContain('<faultcode>sf:INVALID_SESSION_ID</faultcode>');
    await postSoap(org, 'u/68.0', '<logout/>');
    expect((await postSoap(org, 'u/68.0', '<getUserInfo/>')).text).toContain('sf:INVALID_SESSION_ID');
  });

  it('names the code twice, in the fault and in its detail, with the place in a query', async () => {
    const { status, text } = await postSoap(org, 'u/68.0', query);
    expect(status).toBe(500);
    expect(text).toContain('<faultcode>sf:INVALID_FIELD</faultcode>');
    expect(text).toContain('<sf:InvalidFieldFault xsi:type="sf:InvalidFieldFault">');
    expect(text).toContain('<sf:row>1</sf:row><sf:column>8</sf:column>');
  });

  it('refuses to sign anybody in, and operations, versions and APIs that are not there', async () => {
    const fault = async (path: string, operation: string) => {
      const { status, body } = await postSoap(org, path, operation);
      expect(status).toBe(500);
      return textOf(oneOf(body, 'Fault') ?? body, 'faultstring');
    };
    const login = '<login><username>admin@accord.example</username><password>x</password></login>';
    expect(await fault('u/60.0', login)).toBe(
      'INVALID_OPERATION: SOAP API login() is disabled by default in this org.',
    );
    expect(await fault('u/68.0', login)).toMatch(/^No operation available for request .*login$/);
    expect(await fault('m/68.0', '<toLocaleString/>')).toMatch(/^No operation available/);
    expect(await fault('u/30.0', query)).toContain('UNSUPPORTED_API_VERSION');
    expect(await fault('x/68.0', query)).toContain('No SOAP API is served');
  });

  it.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['an unclosed element', '<Envelope><Body>'],
    ['no envelope', '<a/>'],
    ['an empty body', '<Envelope><Body/></Envelope>'],
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><Envelope><Body><query/></Body></Envelope>'],
    ['elements without end', `<Envelope><Body>${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}</Body></Envelope>`],
  ])('answers a message of %s with a fault of the client, and lives on', async (_name, text) => {
    const { status, body } = await postText(org, 'u/68.0', text);
    expect(status).toBe(500);
    expect(textOf(oneOf(body, 'Fault') ?? body, 'faultcode')).toBe('soapenv:Client');
    expect((await postText(org, 'u/68.0', text, 'application/json')).status).toBe(500);
  });

  it('refuses a message of more tags than any call needs before it is read', async () => {
    await using org = await startTestOrg();
    const { status, text } = await postSoap(org, 'u/68.0', `<create>${'<a/>'.repeat(600_000)}</create>`);
    expect([status, text]).toEqual([500, expect.stringContaining('more than 600000 tags')]);
  });

  it('holds each user to what that user may see', async () => {
    await create(lead('Hidden'));
    const token = org.sessions.create(addUser(org, 'rep@accord.example'));
    const describeNope = '<describeSObject><sObjectType>Nope</sObjectType></describeSObject>';
    expect((await postSoap(org, 'u/68.0', describeNope, '', token)).text).toContain('sf:INVALID_TYPE');
    expect((await postSoap(org, 'm/68.0', '<describeMetadata/>', '', token)).text).toContain('sf:INSUFFICIENT_ACCESS');
  });
});
