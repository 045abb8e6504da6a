import { initParser } from 'udsv';
import { type CrmValue, PortError } from '../../app/ports.ts';
import { csvSchema } from '../csv-schema.ts';
import { cellConverter } from '../field-values.ts';

export type Column = { readonly name: string; readonly type: string };

/** Takes the text of one result page in pieces of any size and gives back its rows, typed, as they become complete. */
export class CsvRows {
  readonly #columns: readonly Column[];
  readonly #parser: ReturnType<typeof initParser>;
  readonly #toRow: (cells: string[]) => CrmValue[];
  #rows: CrmValue[][] = [];
  #headerSeen = false;
  #endsInNewline = true;

  constructor(columns: readonly Column[]) {
    this.#columns = columns;
    this.#parser = initParser(csvSchema(columns.map(({ name }) => name)));
    this.#toRow = rowConverter(columns);
  }

  push(text: string): void {
    if (text === '') return;
    this.#endsInNewline = text.endsWith('\n');
    this.#parser.chunk<string[]>(text, this.#parser.stringArrs as never, (cells) => this.#accept(cells));
  }

  /** The page is complete: a last line without a line end counts as well. */
  end(): void {
    if (!this.#endsInNewline) this.push('\n');
  }

  /** Hands over the rows that are complete so far. */
  take(): CrmValue[][] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  get size(): number {
    return this.#rows.length;
  }

  #accept(cells: string[]): boolean {
    if (this.#headerSeen) this.#rows.push(this.#toRow(cells));
    else this.#checkHeader(cells);
    return true;
  }

  /** Cells are told apart by position alone, so a header in another order would mix up fields. */
  #checkHeader(cells: readonly string[]): void {
    this.#headerSeen = true;
    const differs = this.#columns.some(({ name }, index) => name.toLowerCase() !== cells[index]?.toLowerCase());
    if (differs)
      throw new PortError('bug', `The org answered the columns ${cells.join(', ')} instead of those asked for`);
  }
}

/** Converts in place: at a million rows a second array for each of them is felt. */
function rowConverter(columns: readonly Column[]): (cells: string[]) => CrmValue[] {
  const converters = columns.map(({ type }) => cellConverter(type));
  return (cells) => {
    const row: CrmValue[] = cells;
    for (let index = 0; index < converters.length; index += 1) {
      const cell = cells[index] as string;
      if (cell === '') row[index] = null;
      else {
        const convert = converters[index];
        if (convert) row[index] = convert(cell);
      }
    }
    return row;
  };
}
