const MARKS: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0x3c, 0x00], 'utf-16le'],
  [[0x00, 0x3c], 'utf-16be'],
];

/**
 * The text of an XML document: in the encoding of its first bytes, else the one that it came with, else the one that it declares.
 *
 * Throws an Error for an unknown encoding and for bytes that are no text in it, which would else become other letters.
 */
export function decodeXml(bytes: Uint8Array, charset?: string): string {
  const marked = MARKS.find(([mark]) => mark.every((byte, i) => bytes[i] === byte))?.[1];
  const encoding = marked ?? charset ?? declaredIn(bytes) ?? 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof RangeError) throw new Error(`Unsupported encoding: ${encoding}`, { cause: error });
    throw new Error(`Invalid bytes in ${encoding} text`, { cause: error });
  }
}

/** Declarations are ASCII in all encodings that are left when the first bytes told none. */
function declaredIn(bytes: Uint8Array): string | undefined {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  return /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1];
}
