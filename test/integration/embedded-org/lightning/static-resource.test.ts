import JSZip from 'jszip';
import { afterEach, describe, expect, it } from 'vitest';
import { StaticResources } from '../../../../src/embedded-org/lightning/metadata/static-resource.ts';
import { DEPLOY, openTestOrg, packageXml, type TestOrg, xml } from '../../../support/test-org.ts';

const MEGABYTE = 1024 * 1024;

const opened: TestOrg[] = [];
afterEach(() => {
  for (const { org } of opened.splice(0)) org.close();
});

/** Deploys a static resource that is an archive of these files. */
async function withArchive(files: Readonly<Record<string, string | Uint8Array>>): Promise<StaticResources> {
  const test = openTestOrg();
  opened.push(test);
  const archive = new JSZip();
  for (const [path, content] of Object.entries(files)) archive.file(path, content);
  const inner = await archive.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
  const outer = new JSZip();
  outer.file('package.xml', packageXml({ StaticResource: ['Kit'] }));
  outer.file('staticresources/Kit.resource', inner);
  outer.file(
    'staticresources/Kit.resource-meta.xml',
    xml('StaticResource', '<cacheControl>Private</cacheControl><contentType>application/zip</contentType>'),
  );
  const { messages } = await test.org.deploy(test.admin, await outer.generateAsync({ type: 'uint8array' }), DEPLOY);
  expect(messages.filter((each) => !each.success)).toEqual([]);
  return new StaticResources(test.org);
}

describe('a static resource that is an archive', () => {
  it('gives the file at a path, with its type', async () => {
    const resources = await withArchive({ 'css/main.css': 'a {}' });
    const file = await resources.find('Kit', 'css/main.css');
    expect([file?.type, Buffer.from(file?.bytes ?? []).toString()]).toEqual(['text/css', 'a {}']);
    expect(await resources.find('Kit', 'css/other.css')).toBeUndefined();
  });

  it('unpacks no file beyond 50 MB, however small it is packed', async () => {
    const resources = await withArchive({ 'bomb.js': new Uint8Array(51 * MEGABYTE), 'small.js': 'x' });
    await expect(resources.find('Kit', 'bomb.js')).rejects.toThrow('bomb.js of the static resource Kit has more than');
    expect((await resources.find('Kit', 'small.js'))?.bytes).toHaveLength(1);
  });
});
