import { textOf } from './text-of.ts';
import { isInCalendar } from '../calendar-bounds.ts';
import { isDecimalText } from '../decimal-text.ts';
import { toInstant } from '../formula/instant.ts';
import { roundHalfUp } from '../formula/round-half-up.ts';
import { toId18 } from '../ids.ts';
import type { FieldDef } from '../types.ts';
import type { StoredValue } from './object-plan.ts';
import { rowError, type RowError } from './row-error.ts';

const EMAIL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)+$/;
const TIME = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?Z?$/;

/**
 * Turns a client's value into the stored form, or throws the row error Salesforce gives for it.
 *
 * Takes JSON values and the strings of a CSV alike. Text is trimmed and an empty string becomes null. The character NUL is
 * refused, because XML cannot carry it and SQL functions end a text there.
 */
export function coerceValue(field: FieldDef, input: unknown): StoredValue {
  const value = typeof input === 'string' ? input.trim() : input;
  if (value === null || value === undefined || value === '') {
    if (field.type !== 'boolean') return null;
    throw wrongType(field, value);
  }
  if (typeof value === 'object') throw wrongType(field, JSON.stringify(value));
  if (typeof value === 'string' && value.includes('\0')) throw wrongType(field, value.replaceAll('\0', '\\u0000'));
  return coercers[field.type](field, value as string | number | boolean);
}

type Coercer = (field: FieldDef, value: string | number | boolean) => StoredValue;

const coerceText: Coercer = (field, value) => {
  const text = String(value);
  if (field.length !== undefined && text.length > field.length) throw tooLong(field, text, field.length);
  return text;
};

const coerceNumber: Coercer = (field, value) => {
  const number = toNumber(value);
  if (!Number.isFinite(number)) throw wrongType(field, value);
  const scale = field.scale ?? 0;
  const whole = (field.precision ?? 18) - scale;
  const rounded = roundHalfUp(number, scale);
  if (Math.abs(rounded) >= 10 ** whole) {
    const message = `${field.label}: value outside of valid range on numeric field: ${value}`;
    throw rowError('NUMBER_OUTSIDE_VALID_RANGE', message, [field.name]);
  }
  return rounded;
};

const toNumber = (value: string | number | boolean): number =>
  isDecimalText(String(value)) ? Number(value) : Number.NaN;

const coercers: Record<FieldDef['type'], Coercer> = {
  id: coerceId,
  reference: coerceId,
  string: coerceText,
  textarea: coerceText,
  phone: coerceText,
  url: coerceText,
  combobox: coerceText,
  email: (field, value) => {
    const text = String(value);
    if (!EMAIL.test(text)) {
      throw rowError('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${text}`, [field.name]);
    }
    return coerceText(field, text);
  },
  boolean: (field, value) => {
    const text = String(value).toLowerCase();
    if (text === 'true' || text === '1') return 1;
    if (text === 'false' || text === '0') return 0;
    throw wrongType(field, value);
  },
  int: (field, value) => {
    const number = toNumber(value);
    if (!Number.isInteger(number)) throw wrongType(field, value);
    return coerceNumber({ ...field, precision: field.precision ?? 9, scale: 0 }, number);
  },
  double: coerceNumber,
  currency: coerceNumber,
  percent: coerceNumber,
  date: (field, value) => {
    const text = String(value);
    if (!isInCalendar(toInstant(text) ?? Number.NaN)) throw wrongType(field, value);
    return text.slice(0, 10);
  },
  datetime: (field, value) => {
    const instant = toInstant(String(value));
    if (instant === undefined || !isInCalendar(instant)) throw wrongType(field, value);
    return instant;
  },
  time: (field, value) => {
    const match = TIME.exec(String(value));
    if (!match || Number(match[1]) > 23 || Number(match[2]) > 59) throw wrongType(field, value);
    return `${match[1]}:${match[2]}:${match[3] ?? '00'}.${(match[4] ?? '').padEnd(3, '0')}Z`;
  },
  picklist: (field, value) => {
    const text = coerceText({ ...field, length: field.length ?? 255 }, value);
    return field.picklist?.restricted ? restrictedValue(field, String(text)) : text;
  },
  multipicklist: (field, value) => {
    const chosen = new Set(
      String(value)
        .split(';')
        .map((each) => each.trim())
        .filter((each) => each !== '')
        .map((each) => (field.picklist?.restricted ? restrictedValue(field, each) : each)),
    );
    const known = (field.picklist?.values ?? []).map((each) => each.value);
    const ordered = [
      ...known.filter((each) => chosen.has(each)),
      ...[...chosen].filter((each) => !known.includes(each)),
    ];
    return ordered.length === 0 ? null : ordered.join(';');
  },
  address: (field, value) => {
    throw wrongType(field, value);
  },
};

function coerceId(field: FieldDef, value: string | number | boolean): string {
  const id = toId18(String(value));
  if (id !== undefined) return id;
  throw rowError('MALFORMED_ID', `${field.label}: id value of incorrect type: ${value}`, [field.name]);
}

function restrictedValue(field: FieldDef, text: string): string {
  const match = field.picklist?.values.find((each) => each.active && each.value === text);
  if (match) return match.value;
  const message = `${field.label}: bad value for restricted picklist field: ${text}`;
  throw rowError('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, [field.name]);
}

function wrongType(field: FieldDef, value: unknown): RowError {
  const message = `${field.label}: value not of required type: ${textOf(value)}`;
  return rowError('INVALID_TYPE_ON_FIELD_IN_RECORD', message, [field.name]);
}

function tooLong(field: FieldDef, text: string, length: number): RowError {
  const message = `${field.label}: data value too large: ${text} (max length=${length})`;
  return rowError('STRING_TOO_LONG', message, [field.name]);
}
