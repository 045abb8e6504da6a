import { CsvError } from './csv-error.ts';

/** Decodes chunks of UTF-8, dropping a byte order mark, and names the line of the first byte that is not UTF-8. */
export async function* decodeUtf8(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  let first = true;
  for await (const chunk of chunks) {
    if (first && chunk.length > 0) {
      refuseUtf16(chunk);
      first = false;
    }
    const text = decode(decoder, chunk, line);
    line += countLines(text);
    if (text !== '') yield text;
  }
  const rest = decode(decoder, undefined, line);
  if (rest !== '') yield rest;
}

function refuseUtf16(chunk: Uint8Array): void {
  const [a, b] = chunk;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    throw new CsvError(1, 'The file is UTF-16. Save it as UTF-8 (in Excel: "CSV UTF-8").');
  }
}

function decode(decoder: Decoder, chunk: Uint8Array | undefined, line: number): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch (error) {
    const at = line + (chunk ? countLines(readablePart(chunk)) : 0);
    throw new CsvError(at, 'This line is not UTF-8. Save the file as UTF-8 (in Excel: "CSV UTF-8").', { cause: error });
  }
}

/** What comes before the first bad byte. The chunk's first bytes may end a character that began in the last one. */
function readablePart(chunk: Uint8Array): string {
  let start = 0;
  while (start < 3 && ((chunk[start] ?? 0) & 0xc0) === 0x80) start++;
  let low = start;
  let high = chunk.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isReadable(chunk.subarray(start, middle))) low = middle;
    else high = middle - 1;
  }
  return new TextDecoder().decode(chunk.subarray(start, low));
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
