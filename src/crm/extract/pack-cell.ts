import { cellToJson, type CellForm } from '../field-values.ts';

/** Where the reading of CSV bytes and the writing of JSON bytes stand. */
export type Scan = {
  /** Ends with a quote at `end`, so that a cell can be read without asking at each byte whether there is one. */
  input: Uint8Array<ArrayBuffer>;
  pos: number;
  end: number;
  out: Uint8Array<ArrayBuffer>;
  length: number;
};

export const quote = 0x22;
export const comma = 0x2c;
export const newline = 0x0a;
const backslash = 0x5c;
const space = 0x20;
const zero = 0x30;
const nine = 0x39;
const letterZ = 0x5a;
const minus = 0x2d;
const dot = 0x2e;
const plus = 0x2b;
const letterT = 0x74;

/** Bytes of an instant with an offset, in quotes. */
const offsetInstant = 30;

/** Digits that a number surely keeps. */
const exactDigits = 15;

const encoder = new TextEncoder();
const [yes, no] = [encoder.encode('true'), encoder.encode('false')];
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Packs the cell at `pos` and moves behind it; false when the input ends before the cell surely does. */
export function packCell(scan: Scan, form: CellForm): boolean {
  if (scan.pos >= scan.end) return false;
  if (scan.input[scan.pos] !== quote) return packBare(scan, form);
  scan.pos += 1;
  if (form === 'text') return packText(scan);
  if (form === 'datetime') return packDatetime(scan);
  return packPlain(scan, form);
}

/** Copies text byte by byte: the calls that would find the next quote cost more than looking at 16 bytes on average. */
function packText(scan: Scan): boolean {
  const { input, end, out } = scan;
  const start = scan.length;
  let pos = scan.pos;
  let length = start;
  out[length++] = quote;
  for (;;) {
    const byte = input[pos++] as number;
    if (byte >= space && byte !== quote && byte !== backslash) {
      out[length++] = byte;
    } else if (byte === quote) {
      if (pos >= end) return false;
      if (input[pos] !== quote) break;
      pos += 1;
      out[length++] = backslash;
      out[length++] = quote;
    } else {
      length = escapeByte(byte, out, length);
    }
  }
  out[length++] = quote;
  scan.pos = pos;
  scan.length = length;
  if (length === start + 2) replace(scan, start, 'null');
  return true;
}

function escapeByte(byte: number, out: Uint8Array, at: number): number {
  let length = at;
  for (const code of encoder.encode(JSON.stringify(String.fromCharCode(byte)).slice(1, -1))) out[length++] = code;
  return length;
}

/** `"2026-03-01T10:00:00.000+0000"` loses its last four digits in place; any other form is left to the slow way. */
function packDatetime(scan: Scan): boolean {
  const start = scan.length;
  if (!packText(scan)) return false;
  const { out, length } = scan;
  if (out[length - 2] !== zero) return true;
  if (length - start === offsetInstant && out[length - 6] === plus && out[length - 5] === zero) {
    out[length - 6] = letterZ;
    out[length - 5] = quote;
    scan.length = length - 4;
  } else {
    replace(scan, start, cellToJson(JSON.parse(textOf(out, start, length)) as string, 'datetime'));
  }
  return true;
}

/** Numbers and booleans, which hold no quotes. */
function packPlain(scan: Scan, form: CellForm): boolean {
  const { input, pos, end } = scan;
  let close = pos;
  while (input[close] !== quote) close += 1;
  if (close + 1 >= end) return false;
  packSlice(scan, form, close);
  scan.pos = close + 1;
  return true;
}

/** A cell without quotes, which ends at the next comma or line end. */
function packBare(scan: Scan, form: CellForm): boolean {
  const { input, end } = scan;
  let close = scan.pos;
  while (close < end && input[close] !== comma && input[close] !== newline) close += 1;
  if (close >= end) return false;
  packSlice(scan, form, close);
  scan.pos = close;
  return true;
}

function packSlice(scan: Scan, form: CellForm, close: number): void {
  const { input, pos } = scan;
  if (form === 'boolean' && close - pos === yes.length && input[pos] === letterT) return put(scan, yes);
  if (form === 'boolean' && close - pos === no.length) return put(scan, no);
  const last = form === 'number' ? endOfInteger(input, pos, close) : pos;
  if (last > pos) put(scan, input, pos, last);
  else append(scan, cellToJson(textOf(input, pos, close), form));
}

/** The end of an integer that JSON writes digit for digit as it stands here, a fraction of `.0` left out; `pos` for any other. */
function endOfInteger(input: Uint8Array, pos: number, close: number): number {
  const first = input[pos] === minus ? pos + 1 : pos;
  let at = first;
  while (at < close && (input[at] as number) >= zero && (input[at] as number) <= nine) at += 1;
  const digits = at - first;
  if (digits === 0 || digits > exactDigits || (input[first] === zero && (digits > 1 || first > pos))) return pos;
  const whole = at === close || (at + 2 === close && input[at] === dot && input[at + 1] === zero);
  return whole ? at : pos;
}

const textOf = (bytes: Uint8Array, from: number, to: number): string => decoder.decode(bytes.subarray(from, to));

function replace(scan: Scan, start: number, json: string): void {
  scan.length = start;
  append(scan, json);
}

function put(scan: Scan, bytes: Uint8Array, from = 0, to = bytes.length): void {
  const { out } = scan;
  for (let at = from; at < to; at += 1) out[scan.length++] = bytes[at] as number;
}

function append(scan: Scan, json: string): void {
  const { written } = encoder.encodeInto(json, scan.out.subarray(scan.length));
  scan.length += written;
}
