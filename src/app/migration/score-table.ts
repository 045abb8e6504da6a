import { CsvError } from '../import/csv-error.ts';
import { readCsvRows } from '../import/csv-rows.ts';
import { decodeUtf8 } from '../import/decode-utf8.ts';

/** One line of a score table as it is written. */
export type ScoreRow = {
  readonly line: number;
  /** What is looked at: a property of the person, or something that the person did. */
  readonly subject: string;
  readonly operator: string;
  readonly value: string;
  readonly points: number;
  /** Empty when the table has no groups. */
  readonly group: string;
  /** The most that the line gives, unless every line of its group says the same. */
  readonly cap: number | undefined;
  /** The most that the lines of the group give together. */
  readonly groupCap: number | undefined;
};

/** A line that could not be taken over, and why. */
export type LeftOut = { readonly line: number; readonly text: string; readonly reason: string };

export type ScoreTable = { readonly rows: readonly ScoreRow[]; readonly leftOut: readonly LeftOut[] };

type Column = 'subject' | 'operator' | 'value' | 'points' | 'group' | 'cap' | 'groupCap';

/** How HubSpot and Account Engagement tables, and those that people keep beside them, call each column. */
const headers: Readonly<Record<Column, readonly string[]>> = {
  subject:
    'property propertyname internalname field fieldname attribute criteria criterion rule scoringrule activity activitytype action event prospectactivity'.split(
      ' ',
    ),
  operator: ['operator', 'condition', 'comparison', 'filter', 'is'],
  value: ['value', 'values', 'criteriavalue', 'propertyvalue', 'asset'],
  points: ['points', 'score', 'scorevalue', 'adjustment', 'scoreadjustment', 'pointsadded', 'defaultscore', 'weight'],
  group: ['group', 'groupname', 'scoregroup', 'category', 'scoringcategory'],
  cap: ['cap', 'limit', 'linelimit', 'max', 'maximum', 'maxpoints'],
  groupCap: ['grouplimit', 'groupcap', 'groupmax', 'scorelimit', 'maxscore'],
};

/** Reads a score table from CSV: the header says which column is what; rows that make no sense are told by their line. */
export async function readScoreTable(bytes: Uint8Array): Promise<ScoreTable> {
  const text = decodeUtf8(chunk(bytes));
  let columns: ReadonlyMap<Column, number> | undefined;
  const rows: ScoreRow[] = [];
  const leftOut: LeftOut[] = [];
  for await (const { line, cells } of readCsvRows(text, delimiterOf(bytes))) {
    if (!columns) {
      columns = columnsOf(cells, line);
      continue;
    }
    const row = toRow(cells, line, columns);
    if ('reason' in row) leftOut.push(row);
    else rows.push(row);
  }
  if (!columns) throw new CsvError(1, 'The file is empty.');
  return { rows, leftOut };
}

async function* chunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Spreadsheets of many countries separate by semicolons. */
function delimiterOf(bytes: Uint8Array): string {
  const [header = ''] = new TextDecoder().decode(bytes.subarray(0, 4_000)).split(/\r?\n|\r/);
  return [';', '\t'].find((each) => header.split(each).length > header.split(',').length) ?? ',';
}

function columnsOf(cells: readonly string[], line: number): ReadonlyMap<Column, number> {
  const found = new Map<Column, number>();
  for (const [at, cell] of cells.entries()) {
    const word = cell.toLowerCase().replace(/[^a-z0-9]/g, '');
    const column = (Object.keys(headers) as Column[]).find((each) => headers[each].includes(word));
    if (column && !found.has(column)) found.set(column, at);
  }
  for (const needed of ['subject', 'points'] as const) {
    if (found.has(needed)) continue;
    const names = needed === 'subject' ? 'Property, Criteria or Activity' : 'Points or Score';
    throw new CsvError(line, `No column is called ${names}: the header has ${cells.join(', ')}.`);
  }
  return found;
}

function toRow(cells: readonly string[], line: number, columns: ReadonlyMap<Column, number>): ScoreRow | LeftOut {
  const cell = (column: Column): string => (cells[columns.get(column) ?? -1] ?? '').trim();
  const text = cells.filter((each) => each.trim() !== '').join(', ');
  const points = numberIn(cell('points'));
  if (cell('subject') === '') return { line, text, reason: 'It names no property and no activity.' };
  if (points === undefined) return { line, text, reason: `"${cell('points')}" is not a number of points.` };
  if (points === 0) return { line, text, reason: 'It gives no points.' };
  const [cap, groupCap] = (['cap', 'groupCap'] as const).map((column) => numberIn(cell(column)));
  for (const [column, limit] of [['cap', cap] as const, ['groupCap', groupCap] as const]) {
    if (cell(column) !== '' && limit === undefined) return { line, text, reason: `"${cell(column)}" is not a limit.` };
  }
  const operator = cell('operator');
  return {
    line,
    subject: cell('subject'),
    operator,
    value: cell('value'),
    points,
    group: cell('group'),
    cap,
    groupCap,
  };
}

/** `+10`, `-5 pts`, `1,000`; a true minus sign counts, too. */
function numberIn(text: string): number | undefined {
  const match = /^([+-]?)\s*(\d[\d,]*(?:\.\d+)?)\s*(?:points?|pts?\.?)?$/i.exec(
    text.replace(/[\u2212\u2013]/g, '-').trim(),
  );
  if (!match?.[2]) return undefined;
  const size = Number(match[2].replaceAll(',', ''));
  return match[1] === '-' ? -size : size;
}
