import { describe, expect, it } from 'vitest';
import { BASE, startTestOrg, type TestOrg } from './running-org.ts';

const LEAD = { LastName: 'Ames', Company: 'Acme' };
const ROLLED_BACK = 'ALL_OR_NONE_OPERATION_ROLLED_BACK';

type Row = { id?: string; success: boolean; errors: { statusCode: string }[] };
type Sub = { httpStatusCode: number; referenceId: string; body: unknown };

const typed = (type: string, fields: object): object => ({ attributes: { type }, ...fields });
const rowsOf = (answer: { body: unknown }): Row[] => answer.body as Row[];
const subsOf = (answer: { body: unknown }): Sub[] => (answer.body as { compositeResponse: Sub[] }).compositeResponse;

async function countLeads(org: TestOrg): Promise<number> {
  return (await org.connection.query('SELECT COUNT() FROM Lead')).totalSize;
}

describe('collections', () => {
  it('answers row by row, in the order sent, and keeps the good rows', async () => {
    await using org = await startTestOrg();
    const records = [
      typed('Lead', LEAD),
      typed('Lead', { Company: 'x' }),
      typed('Account', { Name: 'A' }),
      typed('Lead', LEAD),
    ];
    const rows = rowsOf(await org.send('POST', 'composite/sobjects', { allOrNone: false, records }));
    expect(rows.map((row) => row.id?.slice(0, 3) ?? row.errors[0]?.statusCode)).toEqual([
      '00Q',
      'REQUIRED_FIELD_MISSING',
      '001',
      '00Q',
    ]);
    expect(await countLeads(org)).toBe(2);
  });

  it('keeps none of them when one fails and all or none was asked for, across types', async () => {
    await using org = await startTestOrg();
    const records = [typed('Account', { Name: 'A' }), typed('Lead', LEAD), typed('Lead', { Company: 'x' })];
    const rows = rowsOf(await org.send('POST', 'composite/sobjects', { allOrNone: true, records }));
    expect(rows.map((row) => row.errors[0]?.statusCode)).toEqual([ROLLED_BACK, ROLLED_BACK, 'REQUIRED_FIELD_MISSING']);
    expect(rows.map((row) => [row.success, row.id])).toEqual(rows.map(() => [false, undefined]));
    expect(await countLeads(org)).toBe(0);
    expect((await org.connection.query('SELECT COUNT() FROM Account')).totalSize).toBe(0);
  });

  it('updates, reads and deletes by id and names the record a failure is about', async () => {
    await using org = await startTestOrg();
    const [one, two] = await org.connection.sobject('Lead').create([LEAD, LEAD]);
    const [first, second] = [String(one?.id), String(two?.id)];
    const updates = [
      typed('Lead', { Id: first, Title: 'CEO' }),
      typed('Lead', { Id: second, LastName: 'x'.repeat(81) }),
    ];
    const updated = rowsOf(await org.send('PATCH', 'composite/sobjects', { records: updates }));
    expect(updated).toMatchObject([
      { id: first, success: true },
      { id: second, success: false, errors: [{ statusCode: 'STRING_TOO_LONG' }] },
    ]);
    const read = await org.send('POST', 'composite/sobjects/Lead', {
      ids: [first, '00Q000000000000AAA'],
      fields: ['Title'],
    });
    expect(read.body).toMatchObject([{ Title: 'CEO' }, null]);
    const removed = rowsOf(await org.send('DELETE', `composite/sobjects?ids=${first},${second}`));
    expect(removed).toEqual([first, second].map((id) => ({ id, success: true, errors: [] })));
    expect(await countLeads(org)).toBe(0);
  });

  it('refuses more than 200 records', async () => {
    await using org = await startTestOrg();
    const records = Array(201).fill(typed('Lead', LEAD));
    expect(await org.send('POST', 'composite/sobjects', { records })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'EXCEEDED_ID_LIMIT' }],
    });
    expect(await countLeads(org)).toBe(0);
  });
});

describe('a switch', () => {
  const BATCH = { batchRequests: [{ method: 'GET', url: 'v68.0/limits' }] };
  const COMPOSITE = {
    compositeRequest: [{ method: 'POST', url: `${BASE}/sobjects/Lead`, referenceId: 'a', body: LEAD }],
  };

  it.each([
    ['POST', 'composite/sobjects', 'allOrNone', { records: [typed('Lead', LEAD)] }],
    ['PATCH', 'composite/sobjects/Lead/Id', 'allOrNone', { records: [typed('Lead', LEAD)] }],
    ['POST', 'composite', 'allOrNone', COMPOSITE],
    ['POST', 'composite/batch', 'haltOnError', BATCH],
  ])('that is no boolean is not taken for off: %s %s', async (method, path, name, body) => {
    await using org = await startTestOrg();
    for (const value of ['true', 1, [true], {}]) {
      const answer = await org.send(method, path, { ...body, [name]: value });
      expect(answer).toMatchObject({ status: 400, body: [{ errorCode: 'JSON_PARSER_ERROR' }] });
    }
    expect(await countLeads(org)).toBe(0);
    expect((await org.send(method, path, { ...body, [name]: null })).status).toBe(200);
    expect((await org.send(method, path, { ...body, [name]: true })).status).toBe(200);
  });
});

describe('the type of a record', () => {
  const REFUSED = { status: 400, body: [{ errorCode: 'INVALID_INPUT' }] };

  it('must be that of the resource that it is written to', async () => {
    await using org = await startTestOrg();
    const contact = typed('Contact', LEAD);
    const { id } = await org.connection.sobject('Lead').create(LEAD);
    expect(await org.send('POST', 'sobjects/Lead', contact)).toMatchObject(REFUSED);
    expect(await org.send('PATCH', `sobjects/Lead/${id}`, contact)).toMatchObject(REFUSED);
    const tree = { attributes: { type: 'Contact', referenceId: 'a' }, ...LEAD };
    expect(await org.send('POST', 'composite/tree/Lead', { records: [tree] })).toMatchObject(REFUSED);
    const child = { attributes: { type: 'Lead', referenceId: 'b' }, LastName: 'Bell' };
    const parent = { attributes: { type: 'Account', referenceId: 'a' }, Name: 'A', Contacts: { records: [child] } };
    expect(await org.send('POST', 'composite/tree/Account', { records: [parent] })).toMatchObject(REFUSED);
    const upserts = { records: [typed('Lead', LEAD), contact] };
    expect(await org.send('PATCH', 'composite/sobjects/Lead/Id', upserts)).toMatchObject(REFUSED);
    expect(await countLeads(org)).toBe(1);
    expect((await org.connection.query('SELECT COUNT() FROM Account')).totalSize).toBe(0);
  });

  it('is written in any case, and may be left out of single records alone', async () => {
    await using org = await startTestOrg();
    expect((await org.send('POST', 'sobjects/Lead', typed('lead', LEAD))).status).toBe(201);
    expect((await org.send('POST', 'sobjects/Lead', LEAD)).status).toBe(201);
    const tree = { attributes: { referenceId: 'a' }, ...LEAD };
    expect(await org.send('POST', 'composite/tree/Lead', { records: [tree] })).toMatchObject(REFUSED);
    expect(await org.send('POST', 'composite/sobjects', { records: [LEAD] })).toMatchObject(REFUSED);
    expect(await org.send('PATCH', 'composite/sobjects/Lead/Id', { records: [LEAD] })).toMatchObject(REFUSED);
    expect(await countLeads(org)).toBe(2);
  });
});

describe('composite', () => {
  it('passes values of earlier answers on, and counts as one call', async () => {
    await using org = await startTestOrg();
    const before = await org.send('GET', 'limits');
    const answer = await org.send('POST', 'composite', {
      compositeRequest: [
        { method: 'POST', url: `${BASE}/sobjects/Lead`, referenceId: 'lead', body: LEAD },
        {
          method: 'PATCH',
          url: `${BASE}/sobjects/Lead/@{lead.id}`,
          referenceId: 'title',
          body: { Description: 'Is @{lead.id}' },
        },
        { method: 'GET', url: `${BASE}/query?q=SELECT+Id,Description+FROM+Lead`, referenceId: 'all' },
      ],
    });
    const [created, changed, found] = subsOf(answer);
    const { id } = (created as Sub).body as { id: string };
    expect([created?.httpStatusCode, changed?.httpStatusCode, changed?.body]).toEqual([201, 204, null]);
    expect(found?.body).toMatchObject({ totalSize: 1, records: [{ Id: id, Description: `Is ${id}` }] });
    const used = (headers: Headers): number =>
      Number(/api-usage=(\d+)/.exec(headers.get('sforce-limit-info') ?? '')?.[1]);
    expect(used(answer.headers) - used(before.headers)).toBe(1);
  });

  it('goes on behind a failure unless all or none was asked for', async () => {
    await using org = await startTestOrg();
    const compositeRequest = [
      { method: 'POST', url: `${BASE}/sobjects/Lead`, referenceId: 'good', body: LEAD },
      { method: 'POST', url: `${BASE}/sobjects/Lead`, referenceId: 'bad', body: { Company: 'x' } },
      { method: 'GET', url: `${BASE}/sobjects/Lead/@{bad.id}`, referenceId: 'lost' },
    ];
    const lenient = subsOf(await org.send('POST', 'composite', { compositeRequest }));
    expect(lenient.map((each) => each.httpStatusCode)).toEqual([201, 400, 400]);
    expect(lenient[2]?.body).toMatchObject([{ errorCode: 'PROCESSING_HALTED' }]);
    expect(await countLeads(org)).toBe(1);
    const strict = subsOf(await org.send('POST', 'composite', { allOrNone: true, compositeRequest }));
    expect(strict.map((each) => each.httpStatusCode)).toEqual([400, 400, 400]);
    expect(strict[0]?.body).toMatchObject([{ errorCode: 'PROCESSING_HALTED', message: /rolled back/ }]);
    expect(await countLeads(org)).toBe(1);
  });

  it('refuses more than 25 parts, more than 5 queries and one reference twice', async () => {
    await using org = await startTestOrg();
    const part = (referenceId: string, url: string): object => ({ method: 'GET', url: BASE + url, referenceId });
    const many = (count: number, url: string): object[] => Array.from({ length: count }, (_, i) => part(`r${i}`, url));
    for (const parts of [
      many(26, '/limits'),
      many(6, '/query?q=x'),
      [part('a', '/limits'), part('a', '/limits')],
      [],
    ]) {
      expect((await org.send('POST', 'composite', { compositeRequest: parts })).status).toBe(400);
    }
  });

  it('refuses references of other characters than letters, digits and underscores, as the platform does of late', async () => {
    await using org = await startTestOrg();
    const part = (referenceId: string): object => ({ method: 'GET', url: `${BASE}/sobjects/Lead`, referenceId });
    const compose = (version: string, referenceId: string) =>
      org.send('POST', `/services/data/${version}/composite`, { compositeRequest: [part(referenceId)] });
    for (const odd of ['a-b', 'a.b', '_a', '', 'a}', 'ä']) {
      const [fault] = (await compose('v68.0', odd)).body as { message: string }[];
      expect(fault?.message).toContain(`Provided referenceId ('${odd}') must start with a letter or a number`);
    }
    for (const good of ['a', '1', 'A_b_2']) expect((await compose('v68.0', good)).status).toBe(200);
    expect((await compose('v55.0', 'a:b')).status).toBe(200);
    const graphs = [{ graphId: 'g', compositeRequest: [part('a b')] }];
    expect((await org.send('POST', 'composite/graph', { graphs })).status).toBe(400);
  });

  it('takes as parts only what the REST API documents, and does nothing for others', async () => {
    await using org = await startTestOrg();
    const body = { operation: 'query', query: 'SELECT Id FROM Lead', object: 'Lead' };
    const never = [
      'jobs/query',
      'jobs/ingest',
      'graphql',
      'composite',
      'composite/batch',
      'composite/tree/Lead',
      'ui-api/records',
    ];
    const statuses = async (paths: readonly string[]): Promise<readonly number[]> => {
      const compositeRequest = paths.map((path, i) => {
        return { method: 'POST', url: `${BASE}/${path}`, referenceId: `r${i}`, body };
      });
      return subsOf(await org.send('POST', 'composite', { compositeRequest })).map((each) => each.httpStatusCode);
    };
    const batched = async (method: string, paths: readonly string[]): Promise<readonly number[]> => {
      const batchRequests = paths.map((path) => ({ method, url: `v68.0/${path}`, richInput: body }));
      const answer = await org.send('POST', 'composite/batch', { batchRequests });
      return (answer.body as { results: { statusCode: number }[] }).results.map((each) => each.statusCode);
    };
    const refused = never.map(() => 400);
    expect(await statuses(never)).toEqual(refused);
    expect(await batched('POST', never)).toEqual(refused);
    expect((await org.send('GET', 'jobs/query')).body).toMatchObject({ records: [] });
    expect((await org.send('GET', 'jobs/ingest')).body).toMatchObject({ records: [] });
    expect(await statuses(['limits', 'actions/standard/emailSimple'])).toEqual([400, 400]);
    expect(await batched('GET', ['limits', 'actions', 'sobjects', 'query?q=SELECT+Id+FROM+Lead'])).toEqual([
      200, 200, 200, 200,
    ]);
  });

  it('counts every part of a batch', async () => {
    await using org = await startTestOrg();
    const max = 10;
    await org.send('POST', '/services/embedded/limits', { DailyApiRequests: { max, used: max - 2 } });
    const batchRequests = ['limits', 'sobjects/Nope', 'limits'].map((path) => ({
      method: 'GET',
      url: `v68.0/${path}`,
    }));
    const answer = await org.send('POST', 'composite/batch', { batchRequests });
    expect(answer.body).toMatchObject({
      hasErrors: true,
      results: [
        { statusCode: 200 },
        { statusCode: 404 },
        { statusCode: 403, result: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED' }] },
      ],
    });
  });

  it('creates a tree of records, or none of it', async () => {
    await using org = await startTestOrg();
    const account = (lastName: string): object => ({
      attributes: { type: 'Account', referenceId: 'a' },
      Name: 'Acme',
      Contacts: { records: [{ attributes: { type: 'Contact', referenceId: 'c' }, LastName: lastName }] },
    });
    const created = await org.send('POST', 'composite/tree/Account', { records: [account('Ames')] });
    expect(created).toMatchObject({
      status: 201,
      body: { hasErrors: false, results: [{ referenceId: 'a' }, { referenceId: 'c' }] },
    });
    const contacts = await org.connection.query('SELECT LastName, Account.Name FROM Contact');
    expect(contacts.records).toMatchObject([{ LastName: 'Ames', Account: { Name: 'Acme' } }]);
    const refused = await org.send('POST', 'composite/tree/Account', { records: [account('')] });
    expect(refused).toMatchObject({
      status: 400,
      body: { hasErrors: true, results: [{ referenceId: 'c', errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] }] },
    });
    expect((await org.connection.query('SELECT COUNT() FROM Account')).totalSize).toBe(1);
  });
});
