import { type PackedRows, PortError } from '../../app/ports.ts';
import { cellForm, type CellForm } from '../field-values.ts';
import { comma, newline, packCell, quote, type Scan } from './pack-cell.ts';

export type Column = { readonly name: string; readonly type: string };

/** A control character becomes six bytes, and so does an empty line of one column; no byte becomes more. */
const growth = 6;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/**
 * Takes the bytes of one result page in pieces of any size and gives back its rows, packed, as they become complete.
 *
 * It goes from bytes to bytes, because at a million rows a string for each cell costs more than everything else.
 */
export class CsvPacker {
  readonly #columns: readonly Column[];
  readonly #forms: readonly CellForm[];
  readonly #scan: Scan = { input: new Uint8Array(1), pos: 0, end: 0, out: new Uint8Array(), length: 0 };
  readonly #skip: number;
  #ends: number[] = [];
  #rows = 0;
  #headerSeen = false;

  /** The first `skip` rows are read and left out. */
  constructor(columns: readonly Column[], skip = 0) {
    this.#columns = columns;
    this.#forms = columns.map(({ type }) => cellForm(type));
    this.#skip = skip;
  }

  /** Rows complete so far, those that were skipped or taken included. */
  get rows(): number {
    return this.#rows;
  }

  /** Rows that can be taken. */
  get size(): number {
    return this.#ends.length;
  }

  push(bytes: Uint8Array): void {
    this.#add(bytes);
    if (!this.#headerSeen) this.#headerSeen = this.#readHeader();
    if (this.#headerSeen) while (this.#readRow());
  }

  /** The page is complete: a last line without a line end counts as well. */
  end(): void {
    const { input, pos, end } = this.#scan;
    if (pos === end) return;
    if (input[end - 1] !== newline) this.push(Uint8Array.of(newline));
    if (this.#scan.pos < this.#scan.end) throw this.#broken();
  }

  /** Hands over the rows that are complete so far. */
  take(): PackedRows {
    const rows = { bytes: this.#scan.out.slice(0, this.#scan.length), ends: Uint32Array.from(this.#ends) };
    this.#scan.length = 0;
    this.#ends = [];
    return rows;
  }

  /** Puts the bytes behind what is left of the last ones, and makes room for the rows that they can become. */
  #add(bytes: Uint8Array): void {
    const scan = this.#scan;
    const left = scan.end - scan.pos;
    const size = left + bytes.length;
    const input = scan.input.length > size ? scan.input : new Uint8Array(2 * size + 1);
    input.set(scan.input.subarray(scan.pos, scan.end));
    input.set(bytes, left);
    input[size] = quote;
    Object.assign(scan, { input, pos: 0, end: size });
    const room = scan.length + growth * size;
    if (scan.out.length >= room) return;
    const out = new Uint8Array(2 * room);
    out.set(scan.out.subarray(0, scan.length));
    scan.out = out;
  }

  #readRow(): boolean {
    const scan = this.#scan;
    const { pos, length } = scan;
    if (!this.#packRow(this.#forms)) {
      scan.pos = pos;
      scan.length = length;
      return false;
    }
    this.#rows += 1;
    if (this.#rows > this.#skip) this.#ends.push(scan.length);
    else scan.length = length;
    return true;
  }

  #packRow(forms: readonly CellForm[]): boolean {
    const scan = this.#scan;
    const last = forms.length - 1;
    for (let column = 0; column <= last; column += 1) {
      scan.out[scan.length++] = column === 0 ? openBracket : comma;
      if (!packCell(scan, forms[column] as CellForm)) return false;
      if (scan.input[scan.pos++] !== (column === last ? newline : comma)) throw this.#broken();
    }
    scan.out[scan.length++] = closeBracket;
    return true;
  }

  /** Cells are told apart by position alone, so a header in another order would mix up fields. */
  #readHeader(): boolean {
    const scan = this.#scan;
    const line = scan.input.subarray(scan.pos, scan.end).indexOf(newline);
    if (line < 0) return false;
    const names = new TextDecoder().decode(scan.input.subarray(scan.pos, scan.pos + line)).replaceAll('"', '');
    if (names.toLowerCase() !== this.#columns.map(({ name }) => name.toLowerCase()).join(',')) {
      throw new PortError('bug', `The org answered the columns ${names} instead of those asked for`);
    }
    scan.pos += line + 1;
    return true;
  }

  #broken(): PortError {
    const at = this.#rows + 1;
    return new PortError('retryable', `Row ${at} of the page does not have ${this.#forms.length} cells`);
  }
}
