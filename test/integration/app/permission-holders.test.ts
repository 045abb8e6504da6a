import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agreementStatus } from '../../../src/app/agreement/agreement-status.ts';
import { findServiceUsers } from '../../../src/app/agreement/service-users.ts';
import { listVersions } from '../../../src/app/agreement/list-versions.ts';
import { setMode } from '../../../src/app/agreement/set-mode.ts';
import { signAgreement } from '../../../src/app/agreement/sign-agreement.ts';
import type { CrmRecord, Store } from '../../../src/app/ports.ts';
import { findRowOwners } from '../../../src/app/sync/row-owners.ts';
import { insertRow, updateRow } from '../../support/org-people.ts';
import { AgreedOrg, agreementText } from './agreed-org.ts';
import { examine, idsOf } from './doctor/examined-org.ts';

const unseen = expect.stringContaining('cannot be told by this user, who lacks View Setup and Configuration') as string;

describe('where people may not look who holds which permission set', () => {
  let org: AgreedOrg;
  let store: Store;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    const [profile] = org.query("SELECT Id FROM Profile WHERE Name = 'Minimum Access - API Only Integrations'");
    for (const { userId } of Object.values(org.people)) update('User', { Id: userId, ProfileId: profile?.['Id'] });
    store = await org.openStore();
  });
  afterAll(async () => {
    await store.close();
    await org[Symbol.asyncDispose]();
  });

  const update = (object: string, row: Record<string, unknown>): void => {
    expect(updateRow(org.running.org, org.running.org.system(), object, row)).toBeUndefined();
  };
  /** Gives the service its right to look, or takes it away. */
  const letServiceLook = (may: boolean): void => {
    const [set] = org.query("SELECT Id FROM PermissionSet WHERE Name = 'Accord_Service_Org'");
    update('PermissionSet', { Id: set?.['Id'], PermissionsViewSetup: may });
  };
  const request = (id: string): CrmRecord | undefined =>
    org.query(`SELECT Status__c, Error__c FROM Accord_Request__c WHERE Id = '${id}'`)[0];

  it('the service may by its permission set, whatever its profile, and others may not by theirs', async () => {
    const service = await org.crm(org.people.service);
    expect([...(await findServiceUsers(service))]).toEqual([org.people.service.userId]);
    expect(await findRowOwners(service)).toContain(org.people.ana.userId);
    for (const person of [org.people.ana, org.people.vera, org.people.carl]) {
      const crm = await org.crm(person);
      expect(await findServiceUsers(crm)).toEqual(new Set());
      expect(await findRowOwners(crm)).toBeUndefined();
    }
  });

  it('signers sign, and status says what it cannot tell them', async () => {
    await org.push();
    await org.preview();
    const carl = await org.crm(org.people.carl);
    const vera = await org.crm(org.people.vera);
    expect((await agreementStatus(carl, org.clock)).problems).not.toContainEqual(unseen);
    expect(await signAgreement(carl, { party: 'marketing' })).toMatchObject({ created: true, complete: false });
    for (const person of [org.people.ana, org.people.vera]) {
      expect((await agreementStatus(await org.crm(person), org.clock)).problems).toContainEqual(unseen);
    }
    expect((await agreementStatus(await org.crm(org.people.service), org.clock)).problems).not.toContainEqual(unseen);
    expect(await signAgreement(vera, { party: 'sales' })).toMatchObject({ created: true, complete: true });
    expect(await listVersions(await org.crm(org.people.ana), org.clock)).toMatchObject([{ version: 1, current: true }]);
    expect(await org.sync(store)).toMatchObject({ agreement: { version: 1 }, problems: [] });
    expect((await agreementStatus(vera, org.clock)).problems).toEqual([]);
  });

  it('a party lowers the mode, and all are told where the mode is above what is ready', async () => {
    const vera = await org.crm(org.people.vera);
    const [version] = org.query('SELECT Id FROM Accord_Agreement__c');
    update('Accord_Agreement__c', { Id: version?.['Id'], Ready_For__c: 'Advise' });
    await setMode(vera, org.clock, 'Advise');
    expect((await agreementStatus(vera, org.clock)).problems).toEqual([]);
    update('Accord_Agreement__c', { Id: version?.['Id'], Ready_For__c: 'Observe' });
    const above = expect.stringContaining(
      'It is in advise, and the service finds it ready for observe only.',
    ) as string;
    expect(await agreementStatus(vera, org.clock)).toMatchObject({ inForce: { mode: 'Advise' }, problems: [above] });
    expect((await org.sync(store)).problems).toEqual([above]);
    expect(org.query('SELECT Mode__c FROM Accord_Agreement__c')).toEqual([{ Mode__c: 'Advise' }]);
    await setMode(vera, org.clock, 'Observe');
    expect((await agreementStatus(vera, org.clock)).problems).toEqual([]);
  });

  it('doctor says so instead of finding nothing, and names a service that may not look', async () => {
    const blind = ['service-user-unseen', 'rights-holders-unseen', 'signers-unseen'];
    expect(idsOf(await examine(org, { as: org.people.ana }))).toEqual(expect.arrayContaining(blind));
    expect(idsOf(await examine(org))).not.toContain('service-without-view-setup');
    letServiceLook(false);
    const { findings } = await examine(org);
    expect(findings.find(({ id }) => id === 'service-without-view-setup')?.evidence).toEqual([
      'without View Setup and Configuration: service@northwind.example',
    ]);
    letServiceLook(true);
  });

  it('a service without that right goes on, keeps the rows, answers no request, and says why', async () => {
    const ana = org.people.ana.userId;
    const lead = org.addLead();
    const owner = (): unknown =>
      org.query(`SELECT OwnerId FROM Accord_Lead_State__c WHERE Lead_Id__c = '${lead}'`)[0]?.['OwnerId'];
    await org.sync(store);
    expect(owner()).toBe(ana);
    letServiceLook(false);
    const asked = insertRow(org.running.org, org.people.carl, 'Accord_Request__c', {
      Type__c: 'preview',
      Payload__c: '{}',
      Key__c: 'while blind',
    });
    const { problems, failed } = await org.sync(store);
    expect({ problems, failed }).toEqual({
      problems: [expect.stringContaining('Give it View Setup and Configuration') as string],
      failed: 0,
    });
    expect(owner()).toBe(org.people.service.userId);
    expect(request(asked)).toMatchObject({
      Status__c: 'Failed',
      Error__c: expect.stringContaining('View Setup and Configuration') as string,
    });
    letServiceLook(true);
    expect(await org.sync(store)).toMatchObject({ problems: [], failed: 0 });
    expect(owner()).toBe(ana);
  });

  it('a service without that right brings nothing into force, and says why, until it has the right', async () => {
    org.orgClock.advance(60_000);
    await org.push(agreementText('Northwind', 60));
    await org.sign();
    letServiceLook(false);
    const blind = await org.sync(store);
    expect(blind).toMatchObject({ agreement: { version: 1 } });
    expect(blind.problems).toEqual(
      expect.arrayContaining(
        ['carl', 'vera'].map((name) =>
          expect.stringMatching(
            new RegExp(`^Northwind v2: The signature of ${name}@.* the service may not look whether`),
          ),
        ),
      ),
    );
    letServiceLook(true);
    expect(await org.sync(store)).toMatchObject({ agreement: { version: 2 }, problems: [] });
  });
});
