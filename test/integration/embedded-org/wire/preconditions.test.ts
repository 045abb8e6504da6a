import { describe, expect, it } from 'vitest';
import { BASE, startTestOrg, type TestOrg } from './running-org.ts';

const CREATED = '2026-01-05T10:00:00Z';
const JUST_BEFORE = 'Mon, 05 Jan 2026 09:59:59 GMT';
const THEN = 'Mon, 05 Jan 2026 10:00:00 GMT';

async function create(org: TestOrg, objectName: string, fields: object): Promise<string> {
  await org.send('POST', '/services/embedded/clock', { set: CREATED });
  const { status, body } = await org.send('POST', `sobjects/${objectName}`, fields);
  expect(status).toBe(201);
  return (body as { id: string }).id;
}

async function patch(org: TestOrg, path: string, fields: object, headers: Record<string, string>): Promise<number> {
  const answer = await org.call(`${BASE}/sobjects/${path}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(fields),
  });
  await answer.arrayBuffer();
  return answer.status;
}

async function valueOf(org: TestOrg, path: string, field: string): Promise<unknown> {
  return ((await org.send('GET', `sobjects/${path}`)).body as Record<string, unknown>)[field];
}

describe('an update of a record under a condition', () => {
  it('leaves a record that was changed after If-Unmodified-Since as it is', async () => {
    await using org = await startTestOrg();
    const path = `Lead/${await create(org, 'Lead', { LastName: 'Ames', Company: 'A' })}`;
    expect(await patch(org, path, { Company: 'B' }, { 'if-unmodified-since': JUST_BEFORE })).toBe(412);
    expect(await valueOf(org, path, 'Company')).toBe('A');
    expect(await patch(org, path, { Company: 'B' }, { 'if-unmodified-since': THEN })).toBe(204);
    expect(await valueOf(org, path, 'Company')).toBe('B');
  });

  it('is refused for a date that is none', async () => {
    await using org = await startTestOrg();
    const path = `Lead/${await create(org, 'Lead', { LastName: 'Ames', Company: 'A' })}`;
    expect(await patch(org, path, { Company: 'B' }, { 'if-unmodified-since': 'yesterday' })).toBe(400);
  });

  it('holds for a part of a composite request, too', async () => {
    await using org = await startTestOrg();
    const path = `Lead/${await create(org, 'Lead', { LastName: 'Ames', Company: 'A' })}`;
    const part = { method: 'PATCH', url: `${BASE}/sobjects/${path}`, referenceId: 'a', body: { Company: 'B' } };
    const httpHeaders = { 'If-Unmodified-Since': JUST_BEFORE };
    const { body } = await org.send('POST', 'composite', { compositeRequest: [{ ...part, httpHeaders }] });
    expect(body).toMatchObject({ compositeResponse: [{ httpStatusCode: 412 }] });
  });

  it('compares entity tags with Accounts alone, none of which has one', async () => {
    await using org = await startTestOrg();
    const account = `Account/${await create(org, 'Account', { Name: 'A' })}`;
    expect(await patch(org, account, { Name: 'B' }, { 'if-match': '"tag"' })).toBe(412);
    expect(await patch(org, account, { Name: 'B' }, { 'if-match': '*' })).toBe(204);
    const lead = `Lead/${await create(org, 'Lead', { LastName: 'Ames', Company: 'A' })}`;
    expect(await patch(org, lead, { Company: 'B' }, { 'if-match': '"tag"' })).toBe(204);
  });
});
