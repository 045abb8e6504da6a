import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/app/ports.ts';
import { addPerson } from '../../support/org-people.ts';
import { AgreedOrg } from './agreed-org.ts';

const system = { allOrNone: true, autoAssign: false, apiVersion: 68 } as const;

describe('the owner of a state row', () => {
  let org: AgreedOrg;
  let store: Store;
  let service: string;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    await org.push();
    await org.sign();
    store = await org.openStore();
    service = org.people.service.userId;
  });
  afterAll(async () => {
    await store.close();
    await org[Symbol.asyncDispose]();
  });

  const ownerOf = (lead: string): unknown =>
    org.query(`SELECT OwnerId FROM Accord_Lead_State__c WHERE Lead_Id__c = '${lead}'`)[0]?.['OwnerId'];
  const give = (user: string, name: string): void => {
    const [set] = org.query(`SELECT Id FROM PermissionSet WHERE Name = '${name}'`);
    org.add('PermissionSetAssignment', { AssigneeId: user, PermissionSetId: set?.['Id'] });
  };
  const take = (user: string): void => {
    const held = org.query(
      `SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = '${user}' AND PermissionSet.IsOwnedByProfile = false`,
    );
    const { org: data } = org.running;
    data.remove(
      data.system(),
      held.map(({ Id }) => String(Id)),
      system,
    );
  };
  const activate = (Id: string, IsActive: boolean): void => {
    const { org: data } = org.running;
    expect(data.update(data.system(), 'User', [{ Id, IsActive }], system)[0]?.errors).toEqual([]);
  };

  it('is the service where the owner of the lead may not read such rows, until they may, and again from then on', async () => {
    const { userId: dev } = addPerson(org.running.org, 'Dev');
    const lead = org.addLead({ OwnerId: dev });
    expect(await org.sync(store)).toMatchObject({ failed: 0, problems: [] });
    expect(ownerOf(lead)).toBe(service);

    give(dev, 'Accord_Rep');
    expect(await org.sync(store)).toMatchObject({ kind: 'incremental', judged: 1, written: 1, failed: 0 });
    expect(ownerOf(lead)).toBe(dev);

    take(dev);
    expect(await org.sync(store)).toMatchObject({ kind: 'incremental', judged: 1, written: 1, failed: 0 });
    expect(ownerOf(lead)).toBe(service);
  });

  it('is the service while the owner of the lead has left, and nobody else is judged again for that', async () => {
    const { userId: eve } = addPerson(org.running.org, 'Eve', { permissionSets: ['Accord_Rep'] });
    const lead = org.addLead({ OwnerId: eve });
    org.addLead();
    await org.sync(store);
    expect(ownerOf(lead)).toBe(eve);
    activate(eve, false);
    expect(await org.sync(store)).toMatchObject({ kind: 'incremental', judged: 1, failed: 0 });
    expect(ownerOf(lead)).toBe(service);
    activate(eve, true);
    expect(await org.sync(store)).toMatchObject({ judged: 1, failed: 0 });
    expect(ownerOf(lead)).toBe(eve);
    const fresh = await org.openStore('fresh.sqlite');
    expect(await org.sync(fresh)).toMatchObject({ kind: 'full', changed: 0 });
    await fresh.close();
  });
});
