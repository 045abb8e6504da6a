import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SmallOrg } from './small-org.ts';

let small: SmallOrg;

beforeAll(() => {
  small = new SmallOrg();
  small.insert('Lead', [
    { LastName: 'Élan', Company: String.raw`back\slash "quoted"` },
    { LastName: '5% off_', Company: 'line\nbreak' },
  ]);
});
afterAll(() => small.close());

const refusal = (where: string, object = 'Lead') => small.refusal(`SELECT Id FROM ${object} WHERE ${where}`);

describe('a text', () => {
  it.each([
    [String.raw`LastName = '\u00c9lan'`],
    [String.raw`LastName LIKE '\u00c9l%'`],
    [String.raw`Company = 'back\\slash \"quoted\"'`],
    [String.raw`Company LIKE '%\\slash \"quoted%'`],
    [String.raw`Company = 'line\nbreak'`],
    [String.raw`Company LIKE 'line\Nbr%'`],
    [String.raw`LastName LIKE '5\% off\_'`],
  ])('may be escaped: %s', (where) => {
    expect(small.size(`SELECT Id FROM Lead WHERE ${where}`)).toBe(1);
  });

  it.each([
    [String.raw`LastName = 'a\q'`, String.raw`Invalid string literal 'a\q'. Illegal character sequence '\q'`],
    [String.raw`LastName = '\%'`, String.raw`Illegal character sequence '\%' in string literal.`],
    [String.raw`LastName LIKE '\u00e%'`, String.raw`Illegal character sequence '\u' in string literal.`],
    [String.raw`LastName IN ('a', '\_')`, String.raw`Illegal character sequence '\_' in string literal.`],
    [String.raw`LastName LIKE 'a\-'`, String.raw`Illegal character sequence '\-' in string literal.`],
  ])('is refused with another escape: %s', (where, message) => {
    expect(refusal(where)).toMatchObject({ code: 'MALFORMED_QUERY', message: expect.stringContaining(message) });
  });
});

describe('a date', () => {
  it.each([
    ['CreatedDate > 2024-02-30T00:00:00Z', 'Invalid datetime: 2024-02-30T00:00:00Z'],
    ['CreatedDate > 2024-13-01T00:00:00Z', 'Invalid datetime: 2024-13-01T00:00:00Z'],
    ['CreatedDate > 2024-01-15T24:00:00Z', 'Invalid datetime: 2024-01-15T24:00:00Z'],
    ['CreatedDate > 2024-01-15T10:61:00Z', 'Invalid datetime: 2024-01-15T10:61:00Z'],
    ['LastActivityDate = 2023-02-29', 'Invalid date: 2023-02-29'],
    ['LastActivityDate = 2023-00-10', 'Invalid date: 2023-00-10'],
    ['CreatedDate = LAST_N_DAYS:-1', "unexpected token: 'LAST_N_DAYS:-1'"],
    ['CreatedDate = LAST_N_DAYS:+1', "unexpected token: 'LAST_N_DAYS:+1'"],
    ['CreatedDate = LAST_N_DAYS', 'unexpected end of file'],
    ['CreatedDate = LAST_N_DAYS:', 'unexpected'],
    ['CreatedDate = LAST_N_DAYS:x', "unexpected token: 'x'"],
    ['CreatedDate = LAST_N_DAYS:99999999999', "unexpected token: 'LAST_N_DAYS:99999999999'"],
    ['LastActivityDate < NEXT_N_YEARS:9000', "unexpected token: 'NEXT_N_YEARS:9000'"],
  ])('that does not exist is refused: %s', (where, message) => {
    expect(refusal(where)).toMatchObject({ code: 'MALFORMED_QUERY', message: expect.stringContaining(message) });
  });

  it.each([['CreatedDate > 2024-02-29T23:59:59+05:30'], ['LastActivityDate = null OR LastActivityDate = 2024-02-29']])(
    'of a leap year is one: %s',
    (where) => {
      expect(small.size(`SELECT Id FROM Lead WHERE ${where}`)).toBe(2);
    },
  );
});
