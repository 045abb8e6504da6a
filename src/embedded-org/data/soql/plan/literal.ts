import { toId18 } from '../../ids.ts';
import { OrgError } from '../../org-error.ts';
import { parseWireDatetime, isCalendarDate } from '../../values.ts';
import type { SqlValue } from './binder.ts';
import { dateRange } from './date-range.ts';
import type { Comparison, Operand } from './operand.ts';
import type { QueryRequest } from './scope.ts';
import { readText } from '../parse/string-literal.ts';

/** The right side of a comparison in stored form: nothing, a value, or all instants or days of a date literal. */
export type Literal =
  | { readonly kind: 'null' }
  | { readonly kind: 'value'; readonly value: SqlValue }
  | { readonly kind: 'range'; readonly from: SqlValue; readonly to: SqlValue };

const NULL: Literal = { kind: 'null' };

/** Reads a literal as a value of the operand's type, or throws the error Salesforce gives for the wrong type. */
export function readLiteral(request: QueryRequest, operand: Operand, text: string, type: string): Literal {
  if (type === 'NULL') return NULL;
  if (type.startsWith('DATE_')) return readDateLiteral(request, operand, text);
  const value =
    type === 'STRING' ? readString(request, operand, readText(request, text)) : readBare(request, operand, text, type);
  return value === null ? NULL : { kind: 'value', value };
}

function readString(request: QueryRequest, operand: Operand, text: string): SqlValue {
  if (operand.comparison === 'id') return readId(text);
  if (operand.typeName !== 'string') throw wrongType(request, operand, 'should not');
  return text === '' ? null : text;
}

function readId(text: string): string | null {
  if (text === '') return null;
  const id = toId18(text);
  if (id === undefined) throw new OrgError('INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${text}`);
  return id;
}

function readBare(request: QueryRequest, operand: Operand, text: string, type: string): SqlValue {
  const value = bareValue(operand, text, type);
  if (value !== undefined) return value;
  if (type === operand.comparison.toUpperCase())
    throw request.errors.malformed(`Invalid ${operand.comparison}: ${text}`, text);
  const isText = operand.typeName === 'string';
  throw wrongType(request, operand, isText ? 'should' : 'should not');
}

function bareValue(operand: Operand, text: string, type: string): SqlValue | undefined {
  return BARE_VALUES[operand.comparison]?.(text, type);
}

/** How a literal without quotes is read; undefined for one of another type. */
const BARE_VALUES: Readonly<Partial<Record<Comparison, (text: string, type: string) => SqlValue | undefined>>> = {
  boolean: (text, type) => (type === 'BOOLEAN' ? Number(text.toUpperCase() === 'TRUE') : undefined),
  number: readNumber,
  date: (text, type) => (type === 'DATE' && isCalendarDate(text) ? text : undefined),
  datetime: (text, type) => (type === 'DATETIME' ? parseWireDatetime(text) : undefined),
};

function readNumber(text: string, type: string): number | undefined {
  if (type.endsWith('CURRENCY_PREFIX')) return Number(text.slice(3));
  return type === 'INTEGER' || type === 'DECIMAL' ? Number(text) : undefined;
}

function readDateLiteral(request: QueryRequest, operand: Operand, text: string): Literal {
  const { core, user } = request;
  const range = dateRange(text, core.clock.now(), user.timeZone, user.locale);
  if (range === undefined) throw request.errors.malformed(`unexpected token: '${text}'`, text);
  if (operand.comparison === 'datetime') return { kind: 'range', from: range.from.toMillis(), to: range.to.toMillis() };
  if (operand.comparison !== 'date')
    throw wrongType(request, operand, operand.typeName === 'string' ? 'should' : 'should not');
  return { kind: 'range', from: range.from.toISODate(), to: range.to.toISODate() };
}

function wrongType(request: QueryRequest, operand: Operand, quoted: 'should' | 'should not'): OrgError {
  const reason = `value of filter criterion for field '${operand.name}' must be of type ${operand.typeName} and ${quoted} be enclosed in quotes`;
  return request.errors.invalidField(reason, operand.name);
}
