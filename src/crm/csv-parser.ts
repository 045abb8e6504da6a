import { initParser, type Schema } from 'udsv';

/** Takes the text of a CSV of Bulk API 2.0 in pieces of any size and tells each row as it becomes complete, the header first. */
export interface CsvParser {
  push(text: string): void;
  /** The text is complete: a last line without a line end counts as well. */
  end(): void;
}

export function csvParser(columns: number, onRow: (cells: string[]) => void): CsvParser {
  const feed = columns === 1 ? singleColumn(onRow) : severalColumns(columns, onRow);
  let endsInNewline = true;
  const push = (text: string): void => {
    if (text === '') return;
    endsInNewline = text.endsWith('\n');
    feed(text);
  };
  return { push, end: () => !endsInNewline && push('\n') };
}

/** Everything is text to udsv: types are told by describe, not guessed. */
function severalColumns(columns: number, onRow: (cells: string[]) => void): (text: string) => void {
  const repl = { empty: undefined, null: undefined, NaN: undefined };
  const cols = Array.from({ length: columns }, (_, index) => ({ name: String(index), type: 's' as const, repl }));
  const schema: Schema = { col: ',', row: '\n', encl: '"', esc: '"', trim: false, cols };
  const parser = initParser(schema);
  const accept = (cells: string[]): boolean => {
    onRow(cells);
    return true;
  };
  return (text) => parser.chunk<string[]>(text, parser.stringArrs, accept);
}

/** udsv takes a line of one quoted cell for an empty line, so a single column is split here. */
function singleColumn(onRow: (cells: string[]) => void): (text: string) => void {
  const line = /(?:"((?:[^"]|"")*)"|([^"\n]*))\n/y;
  let rest = '';
  return (text) => {
    rest += text;
    line.lastIndex = 0;
    let end = 0;
    for (let match = line.exec(rest); match; match = line.exec(rest)) {
      end = line.lastIndex;
      onRow([match[1]?.replaceAll('""', '"') ?? match[2] ?? '']);
    }
    rest = rest.slice(end);
  };
}
