import { describe, expect, it } from 'vitest';
import { BASE, startTestOrg } from './running-org.ts';

type Graphs = {
  graphs: {
    graphId: string;
    isSuccessful: boolean;
    graphResponse: { compositeResponse: { httpStatusCode: number; body: unknown }[] };
  }[];
};

const create = (referenceId: string, object: string, body: object): object => ({
  method: 'POST',
  url: `${BASE}/sobjects/${object}`,
  referenceId,
  body,
});

describe('composite/graph', () => {
  it('keeps the graphs that succeed and undoes each that does not, as one call', async () => {
    await using org = await startTestOrg();
    const graphs = [
      {
        graphId: 'good',
        compositeRequest: [
          create('account', 'Account', { Name: 'Acme' }),
          create('contact', 'Contact', { LastName: 'Ames', AccountId: '@{account.id}' }),
        ],
      },
      {
        graphId: 'bad',
        compositeRequest: [
          create('account', 'Account', { Name: 'Borealis' }),
          create('contact', 'Contact', { AccountId: '@{account.id}' }),
        ],
      },
    ];
    const used = async (): Promise<number> =>
      Number(/=(\d+)\//.exec((await org.send('GET', 'limits')).headers.get('sforce-limit-info') ?? '')?.[1]);
    const start = await used();
    const { status, body } = await org.send('POST', 'composite/graph', { graphs });
    expect((await used()) - start).toBe(2);
    expect(status).toBe(200);
    const answers = (body as Graphs).graphs;
    expect(answers.map((each) => [each.graphId, each.isSuccessful])).toEqual([
      ['good', true],
      ['bad', false],
    ]);
    expect(answers[0]?.graphResponse.compositeResponse.map((each) => each.httpStatusCode)).toEqual([201, 201]);
    expect(answers[1]?.graphResponse.compositeResponse).toMatchObject([
      { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] },
      { httpStatusCode: 400, body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
    ]);
    const accounts = await org.connection.query<{ Name: string }>(
      'SELECT Name, (SELECT LastName FROM Contacts) FROM Account',
    );
    expect(accounts.records).toMatchObject([{ Name: 'Acme', Contacts: { records: [{ LastName: 'Ames' }] } }]);
  });

  it('takes up to 500 nodes, of records only', async () => {
    await using org = await startTestOrg();
    const nodes = (count: number): object[] =>
      Array.from({ length: count }, (_, i) => create(`n${i}`, 'Account', { Name: `A${i}` }));
    const send = (compositeRequest: object[]) =>
      org.send('POST', 'composite/graph', { graphs: [{ graphId: 'one', compositeRequest }] });
    expect(await send(nodes(60))).toMatchObject({ status: 200, body: { graphs: [{ isSuccessful: true }] } });
    expect(await send(nodes(501))).toMatchObject({ status: 400, body: [{ errorCode: 'LIMIT_EXCEEDED' }] });
    const query = { method: 'GET', url: `${BASE}/query?q=SELECT+Id+FROM+Lead`, referenceId: 'q' };
    expect(await send([query])).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_INPUT' }] });
    expect((await org.connection.query('SELECT COUNT() FROM Account')).totalSize).toBe(60);
  });
});
