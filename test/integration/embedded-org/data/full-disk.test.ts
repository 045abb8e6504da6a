import { expect, it, onTestFinished } from 'vitest';
import { DEPLOY, openTestOrg, packageXml, type TestOrg, xml, zipOf } from '../../../support/test-org.ts';

const OPTIONS = { allOrNone: false, autoAssign: false, apiVersion: 68 };
const leads = Array.from({ length: 200 }, (_, i) => ({
  LastName: `L${i}`,
  Company: 'Acme',
  Description: 'x'.repeat(5_000),
}));

function open(): TestOrg {
  const test = openTestOrg();
  onTestFinished(() => test.org.close());
  return test;
}

/** Lets the database grow by so many pages and no further; returns how to take that back. */
function limitGrowth({ org: { core } }: TestOrg, pages: number): () => void {
  const used = Number(core.db.prepare('pragma page_count').get()?.['page_count']);
  core.db.exec(`pragma max_page_count = ${used + pages}`);
  return () => core.db.exec('pragma max_page_count = 1000000');
}

it.each([0, 5, 50])('a write for which the disk has no room, after %i pages, says so and keeps nothing', (pages) => {
  const test = open();
  const free = limitGrowth(test, pages);
  expect(() => test.org.insert(test.admin, 'Lead', leads, OPTIONS)).toThrow('database or disk is full');
  expect(test.org.core.db.isTransaction).toBe(false);
  free();
  expect(test.query('SELECT Id FROM Lead')).toEqual([]);
  expect(test.org.insert(test.admin, 'Lead', leads, OPTIONS).every((each) => each.success)).toBe(true);
});

it.each([0, 5, 20])('a deployment for which it has none, after %i pages, does the same', async (pages) => {
  const test = open();
  const names = Array.from({ length: 300 }, (_, i) => `P${i}`);
  const permission = xml('CustomPermission', `<description>${'x'.repeat(250)}</description><label>P</label>`);
  const files = names.map((name) => [`customPermissions/${name}.customPermission`, permission]);
  const zip = await zipOf({
    'package.xml': packageXml({ CustomPermission: names }),
    ...(Object.fromEntries(files) as Record<string, string>),
  });
  const free = limitGrowth(test, pages);
  await expect(test.org.deploy(test.admin, zip, DEPLOY)).rejects.toThrow('database or disk is full');
  expect(test.org.core.db.isTransaction).toBe(false);
  free();
  expect(test.org.metadataNames('CustomPermission')).toEqual([]);
  expect(await test.org.deploy(test.admin, zip, DEPLOY)).toMatchObject({ success: true });
});
