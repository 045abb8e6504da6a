import { expect, it } from 'vitest';
import { addUser, connect, startTestOrg } from '../wire/running-org.ts';

const SEEN = 'SELECT LastName, LastViewedDate, LastReferencedDate FROM Lead ORDER BY LastName';

it('a query FOR VIEW tells its reader, and nobody else, when they last saw a record', async () => {
  await using org = await startTestOrg();
  const { connection } = org;
  org.org.core.clock.freezeAt(Date.parse('2026-06-15T12:00:00Z'));
  await connection.sobject('Lead').create(['Ames', 'Bell', 'Cole'].map((LastName) => ({ LastName, Company: 'Acme' })));
  await connection.query("SELECT LastName FROM Lead WHERE LastName = 'Ames' FOR VIEW");
  await connection.query("SELECT LastName FROM Lead WHERE LastName = 'Bell' FOR REFERENCE");
  await connection.query('SELECT LastName FROM Lead');
  const now = '2026-06-15T12:00:00.000+0000';
  expect((await connection.query(SEEN)).records).toMatchObject([
    { LastViewedDate: now, LastReferencedDate: now },
    { LastViewedDate: null, LastReferencedDate: now },
    { LastViewedDate: null, LastReferencedDate: null },
  ]);
  expect((await connection.recent()).map((each) => each['Name'])).toEqual(['Bell', 'Ames']);

  const rep = connect(org.instanceUrl, org.sessions.create(addUser(org, 'rep@northwind.example')));
  expect((await rep.query('SELECT Id FROM Lead WHERE LastViewedDate != null')).totalSize).toBe(0);
  expect(await rep.recent()).toEqual([]);
});

it('what a user saw stays in the order in which they saw it', async () => {
  await using org = await startTestOrg();
  const { connection } = org;
  await connection.sobject('Lead').create(['Ames', 'Bell', 'Cole'].map((LastName) => ({ LastName, Company: 'Acme' })));
  await connection.query('SELECT Id FROM Lead ORDER BY LastName FOR VIEW');
  expect((await connection.recent()).map((each) => each['Name'])).toEqual(['Ames', 'Bell', 'Cole']);
  await connection.query("SELECT Id FROM Lead WHERE LastName = 'Cole' FOR VIEW");
  expect((await connection.recent(2)).map((each) => each['Name'])).toEqual(['Cole', 'Ames']);
});
