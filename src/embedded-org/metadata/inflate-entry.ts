import type JSZip from 'jszip';

/** Inflates a file of an archive step by step, so that a bomb stops at the limit whatever its directory says of its size. */
export function inflateEntry(entry: JSZip.JSZipObject, limit: number, beyond: Error): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let total = 0;
    const stream = entry.nodeStream('nodebuffer');
    stream.on('data', (chunk: Buffer) => {
      total += chunk.byteLength;
      if (total <= limit) chunks.push(chunk);
      else {
        stream.pause();
        reject(beyond);
      }
    });
    stream.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    stream.on('error', reject);
  });
}
