/** A CSV upload that cannot be read; the message becomes the job's `errorMessage`. */
export class CsvError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CsvError';
  }
}

const failedToParse = (why: string): CsvError => new CsvError(`InvalidBatch : Failed to parse CSV. ${why}`);

export type LineEnding = 'LF' | 'CRLF';

type State = 'start' | 'plain' | 'quoted' | 'closed';

/**
 * Reads RFC 4180 CSV piece by piece: `push` returns the rows completed so far, `end` the last one.
 *
 * Line breaks inside quotes belong to the value. A row that ends otherwise than agreed is an error, as Salesforce refuses
 * such uploads; empty lines are skipped.
 */
export class CsvParser {
  readonly #delimiter: string;
  readonly #lineEnding: LineEnding;
  #state: State = 'start';
  #value = '';
  /** Length of the value's quoted part: a carriage return in it is no line ending. */
  #quotedLength = 0;
  #row: string[] = [];
  #rows: string[][] = [];

  constructor(delimiter: string, lineEnding: LineEnding) {
    this.#delimiter = delimiter;
    this.#lineEnding = lineEnding;
  }

  push(text: string): readonly string[][] {
    let at = 0;
    while (at < text.length) {
      at = this.#state === 'quoted' ? this.#readQuoted(text, at) : this.#readPlain(text, at);
    }
    return this.#take();
  }

  end(): readonly string[][] {
    if (this.#state === 'quoted') {
      throw failedToParse('EOF reached before closing an opened quote');
    }
    if (this.#row.length > 0 || this.#value !== '' || this.#state === 'closed') this.#endValue();
    this.#endRow();
    return this.#take();
  }

  #readQuoted(text: string, from: number): number {
    const quote = text.indexOf('"', from);
    this.#value += text.slice(from, quote < 0 ? text.length : quote);
    if (quote < 0) return text.length;
    this.#state = 'closed';
    this.#quotedLength = this.#value.length;
    return quote + 1;
  }

  /** Reads outside quotes up to the next character that means something. */
  #readPlain(text: string, from: number): number {
    const char = text[from] ?? '';
    if (char === '"') return this.#readQuote(from);
    if (char === this.#delimiter) {
      this.#endValue();
      return from + 1;
    }
    if (char === '\n') {
      this.#endLine();
      return from + 1;
    }
    if (this.#state === 'closed' && char !== '\r') {
      throw failedToParse('Not expecting more text after end quote');
    }
    const end = this.#state === 'closed' ? from + 1 : this.#plainEnd(text, from + 1);
    this.#value += text.slice(from, end);
    if (this.#state === 'start') this.#state = 'plain';
    return end;
  }

  /** A quote opens a value, or doubles inside one. */
  #readQuote(from: number): number {
    if (this.#state === 'plain')
      throw failedToParse('Found unescaped quote. A value with quote should be within a quote');
    if (this.#state === 'closed') this.#value += '"';
    this.#state = 'quoted';
    return from + 1;
  }

  #plainEnd(text: string, from: number): number {
    for (let at = from; at < text.length; at++) {
      const char = text[at];
      if (char === this.#delimiter || char === '\n' || char === '"') return at;
    }
    return text.length;
  }

  #endLine(): void {
    const hasReturn = this.#value.length > this.#quotedLength && this.#value.endsWith('\r');
    if (hasReturn !== (this.#lineEnding === 'CRLF')) {
      throw new CsvError(`LineEnding is invalid on user data. Current LineEnding setting is ${this.#lineEnding}`);
    }
    if (hasReturn) this.#value = this.#value.slice(0, -1);
    this.#endValue();
    this.#endRow();
  }

  #endValue(): void {
    this.#row.push(this.#value);
    this.#value = '';
    this.#quotedLength = 0;
    this.#state = 'start';
  }

  #endRow(): void {
    const isBlank = this.#row.length === 0 || (this.#row.length === 1 && this.#row[0] === '');
    if (!isBlank) this.#rows.push(this.#row);
    this.#row = [];
  }

  #take(): readonly string[][] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }
}
