import { type CrmValue, PortError } from '../../app/ports.ts';
import { type CsvParser, csvParser } from '../csv-parser.ts';
import { cellConverter } from '../field-values.ts';

export type Column = { readonly name: string; readonly type: string };

/** Takes the text of one result page in pieces of any size and gives back its rows, typed, as they become complete. */
export class CsvRows {
  readonly #columns: readonly Column[];
  readonly #parser: CsvParser;
  readonly #toRow: (cells: string[]) => CrmValue[];
  #rows: CrmValue[][] = [];
  #headerSeen = false;

  constructor(columns: readonly Column[]) {
    this.#columns = columns;
    this.#parser = csvParser(columns.length, (cells) => this.#accept(cells));
    this.#toRow = rowConverter(columns);
  }

  push(text: string): void {
    this.#parser.push(text);
  }

  end(): void {
    this.#parser.end();
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

  #accept(cells: string[]): void {
    if (this.#headerSeen) this.#rows.push(this.#toRow(cells));
    else this.#checkHeader(cells);
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
