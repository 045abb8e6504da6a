import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { openOrg } from '../../../../src/embedded-org/open-org.ts';
import { listComponents } from '../../../../src/embedded-org/metadata/list-components.ts';
import { DEPLOY, NOON, openTestOrg, packageXml, xml, zipOf } from '../../../support/test-org.ts';

const permission = (label: string): Record<string, string> => ({
  'package.xml': packageXml({ CustomPermission: ['Blue'] }),
  'customPermissions/Blue.customPermission': xml('CustomPermission', `<label>${label}</label>`),
});

it('keeps who deployed a component first and who changed it last, and no change where nothing changed', async () => {
  const test = openTestOrg();
  const other = test.createUser('Other', 'System Administrator');
  const blue = () => listComponents(test.org.core, 'CustomPermission')[0];
  await test.deploy(permission('Blue'));
  test.clock.advance(60_000);
  await test.deploy(permission('Blue'), other);
  expect(blue()).toMatchObject({ createdById: test.admin.userId, createdAt: NOON, lastModifiedAt: NOON });
  await test.deploy(permission('Deep blue'), other);
  expect(blue()).toMatchObject({
    createdById: test.admin.userId,
    createdAt: NOON,
    lastModifiedByName: 'Other',
    lastModifiedAt: NOON + 60_000,
  });
  test.org.close();
});

it('opens an org whose components were deployed before that was kept', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'accord-org-'));
  const path = join(folder, 'org.db');
  const deployTo = async (): Promise<readonly string[]> => {
    const org = openOrg({ path });
    await org.deploy(org.system(), await zipOf(permission('Blue')), DEPLOY);
    const names = listComponents(org.core, 'CustomPermission').map((each) => each.fullName);
    org.close();
    return names;
  };
  await deployTo();
  const db = new DatabaseSync(path);
  for (const column of ['created_by', 'created_at', 'modified_by', 'modified_at']) {
    db.exec(`alter table "_component" drop column ${column}`);
  }
  db.close();
  expect(await deployTo()).toEqual(['Blue']);
  rmSync(folder, { recursive: true });
});
