import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agreementStatus } from '../../../src/app/agreement/agreement-status.ts';
import { proposeVersion, withdrawVersion } from '../../../src/app/agreement/change-status.ts';
import { listVersions } from '../../../src/app/agreement/list-versions.ts';
import { pushAgreement } from '../../../src/app/agreement/push-agreement.ts';
import { readAgreementFile } from '../../../src/app/agreement/read-agreement-file.ts';
import { setMode } from '../../../src/app/agreement/set-mode.ts';
import { signAgreement } from '../../../src/app/agreement/sign-agreement.ts';
import { explainLead, type Explanation } from '../../../src/app/explain/explain-lead.ts';
import type { Store } from '../../../src/app/ports.ts';
import type { SyncSummary } from '../../../src/app/sync/sync-summary.ts';
import { OrgClient } from '../../support/org-client.ts';
import { refusalOf } from '../../support/refusal-of.ts';
import { AgreedOrg, agreementText } from './agreed-org.ts';

const day = 86_400_000;

type Version = {
  Status__c: string;
  Mode__c: string;
  Ready_For__c: string;
  Effective_From__c: string | null;
  Expires_On__c: string | null;
  Expiring__c: boolean;
};

/** Everything people do here is a record that they write by REST, as a page does; the service only syncs. */
describe('the life of a version, by records alone', () => {
  let org: AgreedOrg;
  let store: Store;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    store = await org.openStore();
  });
  afterAll(async () => {
    await store.close();
    await org[Symbol.asyncDispose]();
  });

  /** A new session each time: the days that pass here end every older one. */
  const as = (userId: string): OrgClient =>
    OrgClient.withToken(org.running.instanceUrl, org.running.sessions.create(userId));
  const mia = (): OrgClient => as(org.admin.userId);
  const vera = (): OrgClient => as(org.people.vera.userId);
  const carl = (): OrgClient => as(org.people.carl.userId);
  const service = (): OrgClient => as(org.people.service.userId);

  const sync = (): Promise<SyncSummary> => org.sync(store);
  const read = async (id: string): Promise<Version> => {
    const fields = 'Status__c, Mode__c, Ready_For__c, Effective_From__c, Expires_On__c, Expiring__c';
    const [row] = await mia().query<Version>(`SELECT ${fields} FROM Accord_Agreement__c WHERE Id = '${id}'`);
    if (!row) throw new Error(`There is no version ${id}.`);
    return row;
  };
  /** Inserts the text as a person could with any client: canonical JSON and its SHA-256. */
  const draft = (version: number, employees: number): Promise<string> => {
    const { document } = readAgreementFile(Buffer.from(agreementText('Northwind', employees)), 'a.yaml');
    return mia().create('Accord_Agreement__c', {
      Name: 'Northwind',
      Version__c: version,
      Key__c: `northwind:${version}`,
      Status__c: 'Draft',
      Document__c: document,
      Document_Hash__c: createHash('sha256').update(document).digest('hex'),
    });
  };
  const openAndSign = async (who: OrgClient, userId: string, id: string, party: string): Promise<void> => {
    const [preview] = await who.query<{ Id: string; Document_Hash__c: string }>(
      `SELECT Id, Document_Hash__c FROM Accord_Preview__c WHERE Agreement__c = '${id}'`,
    );
    if (!preview) throw new Error('There is no preview to open.');
    const hash = { Document_Hash__c: preview.Document_Hash__c };
    const opening = { Preview__c: preview.Id, ...hash, Key__c: `${preview.Id}:${userId}` };
    const opened = await who.create('Accord_Preview_Opening__c', opening);
    const signature = { Agreement__c: id, Party__c: party, ...hash, Key__c: `${id}:${party}` };
    await who.create('Accord_Signature__c', { ...signature, Preview_Opening__c: opened });
  };
  const bothSign = async (id: string): Promise<void> => {
    await openAndSign(carl(), org.people.carl.userId, id, 'Marketing');
    await openAndSign(vera(), org.people.vera.userId, id, 'Sales');
  };

  let first: string;
  let second: string;
  let lead: string;

  it('begins as a draft and is proposed; the service then writes the preview', async () => {
    lead = org.addLead({ NumberOfEmployees: 30 });
    org.orgClock.advance(day);
    first = await draft(1, 50);
    await expect(openAndSign(vera(), org.people.vera.userId, first, 'Sales')).rejects.toThrow('no preview');
    await mia().update('Accord_Agreement__c', first, { Status__c: 'Proposed' });
    expect((await sync()).agreement).toBeNull();
  });

  it('comes into force once both have opened and signed it', async () => {
    await openAndSign(carl(), org.people.carl.userId, first, 'Marketing');
    const { versions } = await agreementStatus(await org.crm(), org.clock);
    expect(versions[0]?.waitingFor).toEqual([
      { party: 'sales', signers: ['VERA@northwind.example'], opened: ['carl@northwind.example'] },
    ]);
    expect((await sync()).agreement).toBeNull();
    await openAndSign(vera(), org.people.vera.userId, first, 'Sales');
    expect((await sync()).agreement).toMatchObject({ version: 1 });
    expect(await read(first)).toMatchObject({ Status__c: 'In Force', Mode__c: 'Observe', Expiring__c: false });
    expect(org.stages()).toEqual({ [lead]: 'inquiry' });
  });

  it('has its mode raised only when the service has found it ready, and lowered by a party at once', async () => {
    const raise = { Mode__c: 'Enforce' };
    await service().update('Accord_Agreement__c', first, { Ready_For__c: 'Advise' });
    await expect(vera().update('Accord_Agreement__c', first, raise)).rejects.toThrow('only as far as Ready For says');
    const crm = await org.crm(org.people.vera);
    const findReasons = (): Promise<readonly string[]> => Promise.resolve(['Too few leads have an owner.']);
    expect(await refusalOf(setMode(crm, org.clock, 'Enforce', { findReasons }))).toMatchObject({
      message: expect.stringContaining('ready for advise only') as string,
      details: ['Too few leads have an owner.'],
    });
    expect(await setMode(crm, org.clock, 'Advise', { dryRun: true })).toMatchObject({
      from: 'Observe',
      mode: 'Advise',
    });
    expect(await read(first)).toMatchObject({ Mode__c: 'Observe' });
    await setMode(crm, org.clock, 'Advise');
    expect(await read(first)).toMatchObject({ Mode__c: 'Advise' });
    const next = readAgreementFile(Buffer.from(agreementText('Northwind', 45)), 'a.yaml');
    const { notices } = await pushAgreement(await org.crm(), next, { dryRun: true });
    expect(notices).toEqual([
      'Northwind v2 starts in observe, as every version does, and Northwind v1 is in advise: once it is in force and ' +
        'found ready, "sf accord agreement mode advise" raises it.',
    ]);
    await carl().update('Accord_Agreement__c', first, { Mode__c: 'Observe' });
    expect((await agreementStatus(crm, org.clock)).inForce).toMatchObject({ mode: 'Observe' });
  });

  it('gives way to its successor on the date that was proposed with it, and not before', async () => {
    second = await draft(2, 20);
    const effectiveFrom = new Date(org.clock.now() + 10 * day).toISOString();
    const crm = await org.crm();
    const past = { effectiveFrom: new Date(org.clock.now() - day).toISOString(), dryRun: true, clock: org.clock };
    expect((await refusalOf(proposeVersion(crm, past))).key).toBe('time');
    const other = readAgreementFile(Buffer.from(agreementText('Other')), 'a.yaml');
    expect((await refusalOf(pushAgreement(crm, other, past))).key).toBe('time');
    expect(await proposeVersion(crm, { effectiveFrom, dryRun: true })).toMatchObject({ version: 2, dryRun: true });
    expect(await read(second)).toMatchObject({ Status__c: 'Draft' });
    await proposeVersion(crm, { effectiveFrom });
    await sync();
    await bothSign(second);
    expect((await sync()).agreement).toMatchObject({ version: 1 });
    org.orgClock.advance(10 * day);
    expect((await sync()).agreement).toMatchObject({ version: 2 });
    expect(await read(first)).toMatchObject({ Status__c: 'Superseded' });
    expect(await read(second)).toMatchObject({ Status__c: 'In Force' });
    expect(org.stages()).toEqual({ [lead]: 'mql' });
  });

  it('explains a verdict of the past by the version that was in force then', async () => {
    const explain = async (at: number): Promise<Explanation> =>
      explainLead({ crm: await org.crm(), clock: org.clock }, lead, { live: false, at });
    expect(await explain(org.clock.now())).toMatchObject({
      from: 'past',
      agreement: { version: 2 },
      stage: { id: 'mql' },
    });
    expect(await explain(org.clock.now() - day)).toMatchObject({ agreement: { version: 1 }, stage: { id: 'inquiry' } });
    expect((await refusalOf(explain(org.clock.now() - 20 * day))).message).toContain('No version was in force');
    expect((await refusalOf(explain(org.clock.now() + day))).message).toContain('has not come yet');
  });

  it('is listed with the time in which it was in force', async () => {
    const now = new Date(org.clock.now()).toISOString();
    expect(await listVersions(await org.crm(), org.clock)).toMatchObject([
      { version: 2, inForceFrom: now, current: true, signedBy: ['carl@northwind.example', 'vera@northwind.example'] },
      { version: 1, inForceTo: now, current: false },
    ]);
  });

  it('keeps its signature when a signer leaves, and loses none of its force', async () => {
    await mia().update('User', org.people.carl.userId, { IsActive: false });
    expect((await sync()).agreement).toMatchObject({ version: 2 });
    await mia().update('User', org.people.carl.userId, { IsActive: true });
  });

  it('tells who proposes or signs what it changes in the version in force, its mode included', async () => {
    await draft(3, 5);
    await service().update('Accord_Agreement__c', second, { Ready_For__c: 'Advise' });
    const crm = await org.crm(org.people.vera);
    await setMode(crm, org.clock, 'Advise');
    const starts = /^Northwind v3 starts in observe, .* Northwind v2 is in advise/;
    expect((await proposeVersion(crm, {})).notices).toEqual([expect.stringMatching(starts)]);
    await sync();
    const signing = signAgreement(crm, { party: 'sales' }, ({ amendments, notices }) => {
      expect(amendments).toEqual(['Marketing qualified lead: Employees: at least 20 → at least 5']);
      expect(notices).toEqual([expect.stringMatching(starts)]);
      return Promise.resolve(false);
    });
    expect((await refusalOf(signing)).key).toBe('not-confirmed');
    expect((await agreementStatus(crm, org.clock)).problems).toContainEqual(expect.stringMatching(starts));
  });

  it('is withdrawn while it waits, and not once it is in force', async () => {
    expect(await withdrawVersion(await org.crm(), {})).toMatchObject({ version: 3, from: 'Proposed' });
    const refusal = await refusalOf(withdrawVersion(await org.crm(), { version: 2 }));
    expect(refusal.message).toContain('version 2 is in force');
    await expect(vera().update('Accord_Agreement__c', second, { Status__c: 'Withdrawn' })).rejects.toThrow(
      'not possible',
    );
  });

  it('does not come into force by a signer who has lost the permission meanwhile', async () => {
    const fourth = await draft(4, 40);
    await mia().update('Accord_Agreement__c', fourth, { Status__c: 'Proposed' });
    await sync();
    await bothSign(fourth);
    const held = `AssigneeId = '${org.people.vera.userId}' AND PermissionSet.Name = 'Accord_Signer_Sales'`;
    const [assignment] = await mia().query<{ Id: string }>(`SELECT Id FROM PermissionSetAssignment WHERE ${held}`);
    await mia().delete('PermissionSetAssignment', assignment?.Id ?? '');
    const { agreement, problems } = await sync();
    expect(agreement).toMatchObject({ version: 2 });
    expect(problems.join('\n')).toContain('vera@northwind.example for sales does not count: they do not hold');
    await withdrawVersion(await org.crm(), { version: 4 });
  });

  it('warns 14 days before it expires, and ends at that time', async () => {
    const { Expires_On__c: expiresOn } = await read(second);
    org.orgClock.freezeAt(Date.parse(expiresOn ?? '') - 13 * day);
    expect((await sync()).problems.join('\n')).toContain('Northwind v2: It expires in 13 days');
    expect(await read(second)).toMatchObject({ Expiring__c: true });
    org.orgClock.advance(13 * day);
    expect((await sync()).agreement).toBeNull();
    expect(await read(second)).toMatchObject({ Status__c: 'Expired', Expiring__c: false });
  });

  it('may be agreed on again in the same words once it has expired', async () => {
    const file = readAgreementFile(Buffer.from(agreementText('Northwind', 20)), 'a.yaml');
    expect(await pushAgreement(await org.crm(), file)).toMatchObject({ version: 5, created: true, amendments: [] });
  });
});
