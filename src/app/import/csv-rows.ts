import { CsvError } from './csv-error.ts';

/** A row with the line on which it begins; a value may hold line breaks, so rows and lines differ. */
export type CsvRow = { readonly line: number; readonly cells: readonly string[] };

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** A row longer than this is a quote that was never closed, or no CSV at all. */
const longestRow = 4_000_000;

/**
 * Reads the rows of a CSV (RFC 4180; lines may end in LF, CRLF or CR) and names the line of whatever breaks the format.
 *
 * Written here because an import must name the line of a fault, and the CSV packages either accept bad quotes silently
 * or do not count lines. Blank lines are left out.
 */
export async function* readCsvRows(text: AsyncIterable<string>, delimiter = ','): AsyncGenerator<CsvRow> {
  const reader = new RowReader(delimiter.charCodeAt(0));
  for await (const chunk of text) yield* reader.push(chunk);
  yield* reader.end();
}

class RowReader {
  readonly #delimiter: number;
  #buffer = '';
  #at = 0;
  #line = 1;

  constructor(delimiter: number) {
    this.#delimiter = delimiter;
  }

  *push(text: string): Generator<CsvRow> {
    this.#buffer = this.#buffer.slice(this.#at) + text;
    this.#at = 0;
    yield* this.#rows(false);
    if (this.#buffer.length - this.#at > longestRow) {
      throw new CsvError(
        this.#line,
        `The row that begins here has more than ${longestRow} characters: is a quote open?`,
      );
    }
  }

  *end(): Generator<CsvRow> {
    yield* this.#rows(true);
  }

  *#rows(final: boolean): Generator<CsvRow> {
    while (this.#at < this.#buffer.length) {
      const line = this.#line;
      const cells = this.#row(final);
      if (!cells) return;
      if (cells.length > 1 || cells[0] !== '') yield { line, cells };
    }
  }

  /** The next row; undefined, with nothing consumed, when the rest of it is still to come. */
  #row(final: boolean): readonly string[] | undefined {
    const cells: string[] = [];
    let at = this.#at;
    let line = this.#line;
    for (;;) {
      const cell = this.#buffer.charCodeAt(at) === quote ? this.#quoted(at, line, final) : this.#plain(at, line, final);
      if (!cell) return undefined;
      cells.push(cell.value);
      line += cell.breaks;
      at = cell.end;
      if (this.#buffer.charCodeAt(at) === this.#delimiter) {
        at += 1;
        if (at === this.#buffer.length && !final) return undefined;
        continue;
      }
      const length = this.#terminator(at, final);
      if (length === undefined) return undefined;
      this.#at = at + length;
      this.#line = line + 1;
      return cells;
    }
  }

  /** Length of the line end at `at`; zero at the end of the file, undefined when more must be read to tell. */
  #terminator(at: number, final: boolean): number | undefined {
    const ended = at >= this.#buffer.length;
    if (ended) return final ? 0 : undefined;
    if (this.#buffer.charCodeAt(at) === lineFeed) return 1;
    if (at + 1 === this.#buffer.length && !final) return undefined;
    return this.#buffer.charCodeAt(at + 1) === lineFeed ? 2 : 1;
  }

  #plain(start: number, line: number, final: boolean): Cell | undefined {
    let at = start;
    for (; at < this.#buffer.length; at++) {
      const code = this.#buffer.charCodeAt(at);
      if (code === this.#delimiter || code === lineFeed || code === carriageReturn) break;
      if (code === quote) throw new CsvError(line, 'A quote stands inside a value that does not begin with one.');
      if (code === 0) throw new CsvError(line, 'The line holds a zero byte: this is no text file in UTF-8.');
    }
    if (at === this.#buffer.length && !final) return undefined;
    return { value: this.#buffer.slice(start, at), end: at, breaks: 0 };
  }

  #quoted(start: number, line: number, final: boolean): Cell | undefined {
    let close = this.#buffer.indexOf('"', start + 1);
    let doubled = false;
    while (close >= 0 && this.#buffer.charCodeAt(close + 1) === quote) {
      doubled = true;
      close = this.#buffer.indexOf('"', close + 2);
    }
    if (close < 0 && final) throw new CsvError(line, 'The quote that opens on this line is never closed.');
    if (close < 0 || (close + 1 === this.#buffer.length && !final)) return undefined;
    const raw = this.#buffer.slice(start + 1, close);
    const breaks = countBreaks(raw);
    const next = this.#buffer.charCodeAt(close + 1);
    if (!Number.isNaN(next) && next !== this.#delimiter && next !== lineFeed && next !== carriageReturn) {
      throw new CsvError(line + breaks, 'A quoted value goes on after its closing quote; double the quotes inside it.');
    }
    return { value: doubled ? raw.replaceAll('""', '"') : raw, end: close + 1, breaks };
  }
}

type Cell = { readonly value: string; readonly end: number; readonly breaks: number };

const countBreaks = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0;
