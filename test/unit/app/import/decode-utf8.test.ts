import { describe, expect, it } from 'vitest';
import { decodeUtf8 } from '../../../../src/app/import/decode-utf8.ts';

async function* bytes(content: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

const decode = async (content: Buffer, size = 3): Promise<string> => {
  let text = '';
  for await (const part of decodeUtf8(bytes(content, size))) text += part;
  return text;
};

describe('decodeUtf8', () => {
  it('joins characters that are cut by the edge of a chunk, and drops the byte order mark', async () => {
    for (const size of [1, 2, 3, 5, 100]) expect(await decode(Buffer.from('\uFEFFa,ü,🙂\n'), size)).toBe('a,ü,🙂\n');
  });

  it('names the line of the first byte that is not UTF-8, wherever chunks are cut', async () => {
    const latin1 = Buffer.concat([Buffer.from('name\nZoë\n'), Buffer.from('Jos\xe9\nx\n', 'latin1')]);
    for (const size of [1, 2, 4, 7, 100]) await expect(decode(latin1, size)).rejects.toMatchObject({ line: 3 });
  });

  it('names a character that the end of the file cuts off', async () => {
    await expect(decode(Buffer.from('a\nü').subarray(0, 3))).rejects.toMatchObject({ line: 2 });
  });

  it('says so when the file is UTF-16', async () => {
    await expect(decode(Buffer.from('\uFEFFname', 'utf16le'), 100)).rejects.toThrow('The file is UTF-16.');
  });
});
