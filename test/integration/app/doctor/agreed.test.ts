import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../../../src/app/ports.ts';
import { startOrg } from '../../../../src/embedded-org/start-org.ts';
import { connect } from '../../../../src/crm/connect.ts';
import { examineOrg } from '../../../../src/app/doctor/examine-org.ts';
import { AgreedOrg, silent } from '../agreed-org.ts';
import { examine, idsOf } from './examined-org.ts';

const day = 86_400_000;

describe('doctor of an org that keeps an agreement', () => {
  let org: AgreedOrg;
  let store: Store;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    store = await org.openStore();
    org.addLead({ NumberOfEmployees: 60 });
    await org.push();
  });
  afterAll(async () => {
    await store.close();
    await org[Symbol.asyncDispose]();
  });

  const readyFor = (): unknown => org.query('SELECT Ready_For__c FROM Accord_Agreement__c')[0]?.['Ready_For__c'];
  const metOf = async (): Promise<Readonly<Record<string, boolean>>> => {
    const { readiness } = await examine(org, { text: '', store });
    return Object.fromEntries(readiness.conditions.map(({ id, met }) => [id, met]));
  };

  it('unlocks modes step by step, and the service writes how far: signed, measured for two weeks, nothing in the way', async () => {
    const before = await examine(org, { text: '' });
    expect(before).toMatchObject({ agreement: { name: 'Northwind', version: 1, from: 'proposed' } });
    expect(before.readiness.readyFor).toBe('Observe');
    await org.sign();
    await org.sync(store);
    expect(await examine(org, { text: '', store })).toMatchObject({
      agreement: { from: 'in force' },
      readiness: { readyFor: 'Advise' },
    });
    expect(readyFor()).toBe('Advise');
    org.orgClock.advance(13 * day);
    await org.sync(store);
    expect(readyFor()).toBe('Advise');
    expect(await metOf()).toMatchObject({ signed: true, baseline: false, owners: true, findings: true });
    org.orgClock.advance(2 * day);
    await org.sync(store);
    expect(await metOf()).toMatchObject({ signed: true, baseline: true, owners: true, findings: true });
    expect(readyFor()).toBe('Enforce');
  });

  it('takes readiness back within a day when leads lose their owners', async () => {
    const lead = org.addLead({ OwnerId: org.addQueue('Q') });
    org.orgClock.advance(day + 1);
    await org.sync(store);
    expect(readyFor()).toBe('Advise');
    expect(await metOf()).toMatchObject({ owners: false, findings: false });
    const { org: data } = org.running;
    const fixed = { Id: lead, OwnerId: org.people.ana.userId };
    data.update(data.system(), 'Lead', [fixed], { allOrNone: true, autoAssign: false, apiVersion: 68 });
    org.orgClock.advance(day + 1);
    await org.sync(store);
    expect(readyFor()).toBe('Enforce');
  });

  it('names a service that has stopped, and what the org refused', async () => {
    const found = async (): Promise<readonly string[]> => idsOf(await examine(org, { text: '', store }));
    expect(await found()).not.toContain('sync-stale');
    org.orgClock.advance(day + 60_000);
    expect(await found()).toContain('sync-stale');
    await org.sync(store);
    expect(await found()).not.toContain('sync-stale');
    expect(await found()).not.toContain('writes-refused');
    const entry = { key: 'k', object: 'Lead', kind: 'update' as const, record: { Id: 'x' }, digest: 'd' };
    await store.outbox.enqueue([entry]);
    await store.outbox.fail([{ key: 'k', reason: 'Needs a phone.', retryable: false }]);
    const { findings } = await examine(org, { text: '', store });
    expect(findings.find((each) => each.id === 'writes-refused')?.evidence).toEqual(['1 of Lead: Needs a phone.']);
    await store.outbox.withdraw(['k']);
    expect(await found()).not.toContain('writes-refused');
  });

  it('warns fourteen days before the version ends, not earlier', async () => {
    const found = async (): Promise<readonly string[]> => idsOf(await examine(org, { text: '', store }));
    expect(await found()).not.toContain('version-expires');
    const [version] = org.query('SELECT Expires_On__c FROM Accord_Agreement__c');
    org.orgClock.freezeAt(Date.parse(String(version?.['Expires_On__c'])) - 14 * day);
    expect(await found()).toContain('version-expires');
  });

  it('names a proposed version whose text is not the one that was hashed', async () => {
    expect(idsOf(await examine(org, { text: '' }))).not.toContain('version-not-intact');
    org.add('Accord_Agreement__c', {
      Name: 'Forged',
      Version__c: 1,
      Status__c: 'Proposed',
      Document__c: '{}',
      Document_Hash__c: '0'.repeat(64),
      Key__c: 'forged:1',
    });
    expect(idsOf(await examine(org, { text: '' }))).toContain('version-not-intact');
  });

  it('says how to install where there is no package', async () => {
    const bare = await startOrg({ port: 0 });
    const crm = await connect({ instanceUrl: bare.instanceUrl, accessToken: bare.accessToken });
    const report = await examineOrg({ crm, clock: { now: () => Date.now() }, progress: silent }, {});
    await bare.close();
    expect(report.agreement).toBeNull();
    expect(report.readiness.readyFor).toBe('Observe');
    expect(report.findings.find((each) => each.id === 'package-missing')?.how).toBe('accord install --assign-me');
  });
});
