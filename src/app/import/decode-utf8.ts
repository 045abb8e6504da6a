import { Buffer } from 'node:buffer';
import { CsvError } from './csv-error.ts';

/** Decodes chunks of UTF-8, dropping a byte order mark, and names the line of the first byte that is not UTF-8. */
export async function* decodeUtf8(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  let first = true;
  /** Bytes of a character whose end is still to come. */
  let open: Uint8Array = new Uint8Array();
  for await (const chunk of chunks) {
    if (first) refuseUtf16(chunk);
    first &&= chunk.length === 0;
    const bytes = Buffer.concat([open, chunk]);
    const text = decode(decoder, bytes.subarray(open.length), bytes, line);
    open = openCharacter(bytes);
    line += countLines(text);
    if (text !== '') yield text;
  }
  decode(decoder, undefined, open, line);
}

function refuseUtf16(chunk: Uint8Array): void {
  const [a, b] = chunk;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    throw new CsvError(1, 'The file is UTF-16. Save it as UTF-8 (in Excel: "CSV UTF-8").');
  }
}

/** `bytes` are the chunk and, before it, what is left of the last one: where a fault may have begun. */
function decode(decoder: Decoder, chunk: Uint8Array | undefined, bytes: Uint8Array, line: number): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch (error) {
    const at = line + countLines(readablePart(bytes));
    throw new CsvError(at, 'This line is not UTF-8. Save the file as UTF-8 (in Excel: "CSV UTF-8").', { cause: error });
  }
}

/** The last bytes that begin a character without ending it. */
function openCharacter(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return back < length ? bytes.subarray(bytes.length - back) : new Uint8Array();
  }
  return new Uint8Array();
}

/** What comes before the first bad byte. */
function readablePart(bytes: Uint8Array): string {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isReadable(bytes.subarray(0, middle))) low = middle;
    else high = middle - 1;
  }
  return new TextDecoder().decode(bytes.subarray(0, low));
}

const isReadable = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
};

const countLines = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
};

type Decoder = InstanceType<typeof TextDecoder>;
