import { describe, expect, it } from 'vitest';
import { problemLine } from '../../../../src/app/files/yaml-file.ts';
import { readColumnMap } from '../../../../src/app/import/column-map.ts';
import { convertCell } from '../../../../src/app/import/convert-cell.ts';
import { planColumns } from '../../../../src/app/import/plan-columns.ts';
import type { CrmField, CrmObject, CrmValue } from '../../../../src/app/ports.ts';

const field = (name: string, type = 'string', more: Partial<CrmField> = {}): CrmField => ({
  name,
  label: name,
  type,
  custom: false,
  nillable: true,
  createable: true,
  updateable: true,
  externalId: false,
  length: 80,
  referenceTo: [],
  picklistValues: [],
  ...more,
});

const lead: CrmObject = {
  name: 'Lead',
  label: 'Lead',
  fields: [
    field('LastName', 'string', { nillable: false }),
    field('Company'),
    field('NumberOfEmployees', 'int', { length: 0 }),
    field('DoNotCall', 'boolean', { nillable: false, length: 0 }),
    field('Born__c', 'date', { length: 0 }),
    field('Seen__c', 'datetime', { length: 0 }),
    field('Key__c', 'string', { externalId: true }),
    field('IsConverted', 'boolean', { createable: false }),
  ],
};

const problemsOf = (yaml: string, header: readonly string[]): string[] => {
  const file = readColumnMap(Buffer.from(yaml), 'map.yaml');
  if (!file.map) return file.problems.map((problem) => problemLine(file.name, problem));
  const { problems } = planColumns(file.map, header, lead, file.placeOf);
  return problems.map((problem) => problemLine(file.name, problem));
};

describe('a column map', () => {
  it('fits when every column is mapped or ignored', () => {
    const map = 'object: Lead\nkey: Key__c\ncolumns:\n  Id: [Key__c, LastName]\n  Note: ignore\n';
    expect(problemsOf(map, ['Id', 'Note'])).toEqual([]);
  });

  it('names a column of the file that was forgotten', () => {
    expect(problemsOf('object: Lead\ncolumns: { A: LastName }', ['A', 'B'])).toEqual([
      'map.yaml:2:1 error columns: The column "B" of the CSV is not in the map. Map it, or write ignore.',
    ]);
  });

  it('names a column that the file does not have, with the nearest one', () => {
    expect(problemsOf('object: Lead\ncolumns:\n  Compny: Company', ['Company'])[0]).toBe(
      'map.yaml:3:3 error columns.Compny: The CSV has no column "Compny". Did you mean "Company"?',
    );
  });

  it('names an unknown field with the nearest one, and a field that cannot be written', () => {
    expect(problemsOf('object: Lead\ncolumns:\n  A: LastNam\n  B: IsConverted', ['A', 'B'])).toEqual([
      'map.yaml:3:3 error columns.A: Lead has no field LastNam that you can see. Did you mean "LastName"?',
      'map.yaml:4:3 error columns.B: Lead.IsConverted cannot be written by you.',
    ]);
  });

  it('refuses a key that is no external id, and one that no column fills', () => {
    expect(problemsOf('object: Lead\nkey: Company\ncolumns: { A: Company }', ['A'])[0]).toContain('not an external id');
    expect(problemsOf('object: Lead\nkey: Key__c\ncolumns: { A: Company }', ['A'])[0]).toContain(
      'No column of the CSV',
    );
  });

  it('refuses two columns for one field', () => {
    expect(problemsOf('object: Lead\ncolumns: { A: Company, B: Company }', ['A', 'B'])).toEqual([
      'map.yaml:2:24 error columns.B: Company is already filled by the column "A".',
    ]);
  });

  it('names the line of what is not a map at all', () => {
    expect(problemsOf('object: Lead\ncolums: {}\n', [])[0]).toMatch(/^map\.yaml:1:1 error columns:/);
    expect(problemsOf('object: Lead\ncolumns:\n  A: { fields: X }\n', [])[0]).toMatch(
      /^map\.yaml:3:3 error columns\.A:/,
    );
  });
});

describe('convertCell', () => {
  const convert = (text: string, name: string, values?: Record<string, CrmValue>, blank: string[] = []): unknown => {
    const column = {
      header: 'C',
      fields: [],
      values: values && new Map(Object.entries(values)),
      blank: new Set(blank),
    };
    const target = lead.fields.find((each) => each.name === name);
    return target && convertCell(text, column, target);
  };
  const problem = expect.stringContaining('.') as string;

  it.each<[string, string, CrmValue]>([
    ['12', 'NumberOfEmployees', 12],
    ['12.0', 'NumberOfEmployees', 12],
    ['', 'NumberOfEmployees', null],
    ['TRUE', 'DoNotCall', true],
    ['2026-02-28', 'Born__c', '2026-02-28'],
    ['2026-02-28T10:00:00+01:00', 'Seen__c', '2026-02-28T09:00:00.000Z'],
    [' kept ', 'Company', ' kept '],
  ])('takes "%s" for %s', (text, name, value) => {
    expect(convert(text, name)).toEqual({ value });
  });

  it.each([
    ['12.5', 'NumberOfEmployees'],
    ['1,200', 'NumberOfEmployees'],
    ['yes', 'DoNotCall'],
    ['', 'DoNotCall'],
    ['', 'LastName'],
    ['28.02.2026', 'Born__c'],
    ['2026-02-28 10:00', 'Seen__c'],
    ['x'.repeat(81), 'Company'],
  ])('refuses "%s" for %s', (text, name) => {
    expect(convert(text, name)).toEqual({ problem });
  });

  it('takes only listed values where values are listed', () => {
    expect(convert('Yes', 'DoNotCall', { Yes: true, No: false })).toEqual({ value: true });
    expect(convert('Maybe', 'DoNotCall', { Yes: true, No: false })).toEqual({
      problem: '"Maybe" is none of "Yes", "No".',
    });
  });

  it('reads a word that stands for nothing as blank', () => {
    expect(convert('Select', 'Company', undefined, ['Select'])).toEqual({ value: null });
  });
});
