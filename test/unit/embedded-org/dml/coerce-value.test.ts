import { describe, expect, it } from 'vitest';
import { coerceValue } from '../../../../src/embedded-org/data/dml/coerce-value.ts';
import { RowError } from '../../../../src/embedded-org/data/dml/row-error.ts';
import { field } from '../../../../src/embedded-org/data/schema/field-builders.ts';
import { growthOf } from '../../../support/growth-of.ts';
import type { FieldDef } from '../../../../src/embedded-org/data/types.ts';

const text = field('Company', 'string', { length: 5 });
const amount = field('Amount', 'double', { precision: 6, scale: 2 });
const color = field('Color', 'picklist', {
  picklist: { restricted: true, values: [{ value: 'Red', label: 'Red', active: true, isDefault: false }] },
});

function refusal(definition: FieldDef, value: unknown): string {
  try {
    coerceValue(definition, value);
  } catch (error) {
    if (error instanceof RowError) return `${error.errors[0]?.statusCode} ${error.errors[0]?.message}`;
    throw error;
  }
  return '';
}

describe('coerceValue', () => {
  it('rounds to the places of the field before it looks whether the number fits', () => {
    expect(coerceValue(amount, 9999.994)).toBe(9999.99);
    expect(coerceValue(amount, '-9999.994')).toBe(-9999.99);
  });

  it('takes every day that the platform has', () => {
    expect(coerceValue(field('Day', 'date'), '1700-01-01')).toBe('1700-01-01');
    expect(coerceValue(field('Day', 'date'), '4000-12-31')).toBe('4000-12-31');
  });

  it('trims texts and keeps an empty one as null', () => {
    expect(coerceValue(text, '  ab ')).toBe('ab');
    expect(coerceValue(text, '   ')).toBeNull();
    expect(coerceValue(text, 12)).toBe('12');
  });

  it('takes JSON values and the strings of a CSV alike', () => {
    expect(coerceValue(amount, '12.345')).toBe(12.35);
    expect(coerceValue(field('Flag', 'boolean'), 'TRUE')).toBe(1);
    expect(coerceValue(field('Flag', 'boolean'), false)).toBe(0);
    expect(coerceValue(field('At', 'datetime'), '2026-01-31T10:00:00.900+0200')).toBe(Date.UTC(2026, 0, 31, 8));
    expect(coerceValue(field('At', 'datetime'), '2026-01-31')).toBe(Date.UTC(2026, 0, 31));
    expect(coerceValue(field('Day', 'date'), '2026-01-31T10:00:00Z')).toBe('2026-01-31');
    expect(coerceValue(field('OwnerId', 'reference'), '001D000000IqhSL')).toBe('001D000000IqhSLIAZ');
  });

  it.each([
    [text, 'abcdef', 'STRING_TOO_LONG Company: data value too large: abcdef (max length=5)'],
    [amount, 12345, 'NUMBER_OUTSIDE_VALID_RANGE Amount: value outside of valid range on numeric field: 12345'],
    [amount, 'ten', 'INVALID_TYPE_ON_FIELD_IN_RECORD Amount: value not of required type: ten'],
    [amount, '0x10', 'INVALID_TYPE_ON_FIELD_IN_RECORD Amount: value not of required type: 0x10'],
    [amount, true, 'INVALID_TYPE_ON_FIELD_IN_RECORD Amount: value not of required type: true'],
    [color, 'Blue', 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST Color: bad value for restricted picklist field: Blue'],
    [field('Email', 'email', { length: 80 }), 'a@b', 'INVALID_EMAIL_ADDRESS Email: invalid email address: a@b'],
    [field('Day', 'date'), '2026-02-30', 'INVALID_TYPE_ON_FIELD_IN_RECORD Day: value not of required type: 2026-02-30'],
    [field('OwnerId', 'reference'), 'xyz', 'MALFORMED_ID Owner ID: id value of incorrect type: xyz'],
    [amount, 9999.995, 'NUMBER_OUTSIDE_VALID_RANGE Amount: value outside of valid range on numeric field: 9999.995'],
    [
      amount,
      '-9999.999',
      'NUMBER_OUTSIDE_VALID_RANGE Amount: value outside of valid range on numeric field: -9999.999',
    ],
    [field('Day', 'date'), '1699-12-31', 'INVALID_TYPE_ON_FIELD_IN_RECORD Day: value not of required type: 1699-12-31'],
    [field('Day', 'date'), '4001-01-01', 'INVALID_TYPE_ON_FIELD_IN_RECORD Day: value not of required type: 4001-01-01'],
    [
      field('At', 'datetime'),
      '9999-01-01T00:00:00Z',
      'INVALID_TYPE_ON_FIELD_IN_RECORD At: value not of required type: 9999-01-01T00:00:00Z',
    ],
    [text, 'a\0b', 'INVALID_TYPE_ON_FIELD_IN_RECORD Company: value not of required type: a\\u0000b'],
    [field('Flag', 'boolean'), null, 'INVALID_TYPE_ON_FIELD_IN_RECORD Flag: value not of required type: '],
  ])('refuses for %s the value %s', (definition, value, message) => {
    expect(refusal(definition, value)).toBe(message);
  });

  it.each([
    ['double', (size: number) => `${'1'.repeat(size)}x`],
    ['int', (size: number) => `${'1'.repeat(size)}.${'1'.repeat(size)}e`],
    ['double', (size: number) => `1${' '.repeat(size)}x`],
    ['email', (size: number) => `a@${'b'.repeat(size)}!`],
    ['email', (size: number) => `a@b${'.b-'.repeat(size)}`],
    ['datetime', (size: number) => '2'.repeat(size)],
    ['reference', (size: number) => `${'0'.repeat(size)}!`],
  ] as const)('refuses a long text in a field of type %s in a time that grows with its length', (type, textOf) => {
    const growth = growthOf((size) => refusal(field('Value', type), textOf(size)), 25_000);
    expect(growth).toBeLessThan(30);
  });

  it('orders multi-select values as they are defined', () => {
    const values = ['A', 'B', 'C'].map((value) => ({ value, label: value, active: true, isDefault: false }));
    const many = field('Many', 'multipicklist', { picklist: { restricted: true, values } });
    expect(coerceValue(many, 'C; A;C')).toBe('A;C');
  });
});
