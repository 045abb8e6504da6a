import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installPackage } from '../../../src/app/install/install-package.ts';
import { assignPermissionSets } from '../../../src/app/install/assign-permission-sets.ts';
import { connect } from '../../../src/crm/connect.ts';
import { startOrg } from '../../../src/embedded-org/start-org.ts';
import { silent } from './agreed-org.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const forceApp = join(root, 'force-app');
const admin = 'admin@accord.example';

describe('installPackage', () => {
  it('checks, installs, brings up to date and assigns, each time saying what it did', async () => {
    const running = await startOrg({ port: 0 });
    try {
      const crm = await connect({ instanceUrl: running.instanceUrl, accessToken: running.accessToken });
      const assignments = [{ username: admin.toUpperCase(), permissionSets: ['Accord_Admin', 'Accord_Admin'] }];
      const options = { sourceFolders: [forceApp], assignments, dryRun: false };

      const checked = await installPackage(crm, silent, { ...options, dryRun: true });
      expect(checked).toMatchObject({ dryRun: true, upgraded: false, assignments: [] });
      expect(await crm.describe('Accord_Agreement__c')).toBeUndefined();

      const first = await installPackage(crm, silent, options);
      expect(first).toMatchObject({ upgraded: false, components: checked.components });
      expect(first.assignments).toEqual([
        { username: admin.toUpperCase(), permissionSet: 'Accord_Admin', added: true },
      ]);

      const second = await installPackage(crm, silent, options);
      expect(second.upgraded).toBe(true);
      expect(second.assignments.map((each) => each.added)).toEqual([false]);

      const wrong = [{ username: 'nobody@x.example', permissionSets: ['Accord_Rap'] }];
      await expect(assignPermissionSets(crm, wrong)).rejects.toMatchObject({
        key: 'unknown-name',
        details: ['There is no active user nobody@x.example.', 'There is no permission set Accord_Rap.'],
      });
    } finally {
      await running.close();
    }
  });

  it('names each component that the org refuses', async () => {
    const running = await startOrg({ port: 0 });
    try {
      const crm = await connect({ instanceUrl: running.instanceUrl, accessToken: running.accessToken });
      const sourceFolders = [join(root, 'test', 'support', 'education', 'fields', 'main', 'default', 'permissionsets')];
      const refused = installPackage(crm, silent, { sourceFolders, assignments: [], dryRun: false });
      await expect(refused).rejects.toMatchObject({
        key: 'deploy-failed',
        details: expect.arrayContaining([expect.stringContaining('PermissionSet Education_Leads')]) as unknown,
      });
    } finally {
      await running.close();
    }
  });
});
