import { readFileSync } from 'node:fs';

type Row = Readonly<Record<string, string>>;

export const readCsv = (file: string): readonly Row[] => parseCsv(readFileSync(file, 'utf8'));

/** Reads a CSV without the product's reader: cells are plain or in quotes, and no cell holds a line break. */
export function parseCsv(text: string): Row[] {
  const [head = '', ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  const names = cellsOf(head);
  return lines.map((line) => Object.fromEntries(cellsOf(line).map((cell, index) => [names[index] ?? '', cell])));
}

const cellsOf = (line: string): string[] =>
  [...line.matchAll(/(?<=^|,)(?:"((?:[^"]|"")*)"|([^",]*))(?=,|$)/g)].map(
    (cell) => cell[1]?.replaceAll('""', '"') ?? cell[2] ?? '',
  );
