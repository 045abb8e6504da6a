import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import { readZip } from '../../../../src/embedded-org/metadata/read-zip.ts';

const zip = async (files: Readonly<Record<string, string>>): Promise<Uint8Array> => {
  const archive = new JSZip();
  for (const [path, content] of Object.entries(files)) archive.file(path, content);
  return archive.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
};

describe('readZip', () => {
  it('takes the outer folder away', async () => {
    const files = await readZip(await zip({ 'unpackaged/package.xml': 'p', 'unpackaged/lwc/a/a.js': 'x' }));
    expect([...files.keys()]).toEqual(['package.xml', 'lwc/a/a.js']);
  });

  it('refuses paths that leave the archive', async () => {
    await expect(readZip(await zip({ 'package.xml': 'p', '../evil.js': 'x' }))).rejects.toThrow('leaves the archive');
    await expect(readZip(await zip({ 'package.xml': 'p', 'a\\..\\evil.js': 'x' }))).rejects.toThrow(
      'leaves the archive',
    );
  });

  it('refuses what is no zip, and one without a package.xml', async () => {
    await expect(readZip(new Uint8Array([1, 2, 3]))).rejects.toThrow('it is not a zip file');
    await expect(readZip(await zip({ 'a.txt': 'x' }))).rejects.toThrow('No package.xml found');
  });

  it('refuses an archive that unpacks to more than the limit', async () => {
    const bytes = await zip({ 'package.xml': 'p', 'a.txt': 'x'.repeat(5000) });
    await expect(readZip(bytes, 4000)).rejects.toThrow('more than 4000 bytes');
    expect((await readZip(bytes, 6000)).size).toBe(2);
  });

  it('stops at the limit while unpacking when the directory lies about the size', async () => {
    const bytes = Buffer.from(await zip({ 'package.xml': 'p', 'a.txt': 'x'.repeat(500_000) }));
    const size = Buffer.alloc(4);
    size.writeUInt32LE(500_000);
    for (let at = bytes.indexOf(size); at >= 0; at = bytes.indexOf(size, at + 4)) bytes.writeUInt32LE(10, at);
    await expect(readZip(bytes, 4000)).rejects.toThrow('more than 4000 bytes');
  });
});
