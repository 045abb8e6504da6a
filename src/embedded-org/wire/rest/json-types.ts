import { isDecimalText } from '../../data/decimal-text.ts';
import { textOf } from '../../data/dml/text-of.ts';
import { toInstant } from '../../data/formula/instant.ts';
import { OrgError } from '../../data/org-error.ts';
import type { FieldDef, FieldType, ObjectDef, SaveError } from '../../data/types.ts';
import { placeOf, tokenOf } from '../../http/json-place.ts';
import type { RestCall } from '../../http/rest-call.ts';

type Mistyped = { readonly key: string; readonly field: FieldDef; readonly value: unknown };

/** Throws JSON_PARSER_ERROR for the first field whose JSON value is none of its type; `path` leads to the record in the body. */
export function refuseMistyped(
  call: RestCall,
  object: ObjectDef,
  record: Readonly<Record<string, unknown>>,
  path: readonly (string | number)[] = [],
): void {
  const found = findMistyped(call, object, record);
  if (found) throw new OrgError('JSON_PARSER_ERROR', refusal(found, placeOf(call.body, [...path, found.key])), 400);
}

/** The same fault as that of one record among many, which the platform reports with the record and without a place. */
export function mistypedError(
  call: RestCall,
  object: ObjectDef,
  record: Readonly<Record<string, unknown>>,
): SaveError | undefined {
  const found = findMistyped(call, object, record);
  if (!found) return undefined;
  const message = refusal(found, '[Source: N/A; line: -1, column: -1][line:-1, column:-1]');
  return { statusCode: 'JSON_PARSER_ERROR', message, fields: [] };
}

/** Fields that are not there, or that the user may not see, are refused elsewhere. */
function findMistyped(
  call: RestCall,
  object: ObjectDef,
  record: Readonly<Record<string, unknown>>,
): Mistyped | undefined {
  for (const [key, value] of Object.entries(record)) {
    if (value === null || value === undefined) continue;
    const field = call.wire.org.core.schema.field(object, key);
    if (!field || !call.user.access.field(object.name, field.name).read) continue;
    if (!fits(field.type, value)) return { key, field, value };
  }
  return undefined;
}

const WHOLE_NUMBER = /^(?:[+-]?\d+)?$/;
const TIME = /^\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z?$/;

const isNumber = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && (value.trim() === '' || isDecimalText(value)));

const isInstant = (value: unknown): boolean => typeof value === 'string' && toInstant(value) !== undefined;

/** A day may carry a time, but none finer than milliseconds. */
const isDate = (value: unknown): boolean => isInstant(value) && !/\.\d{4}/.test(String(value));

/** What a field takes from JSON where that is not any text, number or boolean; an empty text empties a number, but no date. */
const CHECKS: Partial<Record<FieldType, (value: unknown) => boolean>> = {
  boolean: (value) => typeof value === 'boolean' || value === 'true' || value === 'false',
  int: (value) => Number.isInteger(value) || (typeof value === 'string' && WHOLE_NUMBER.test(value.trim())),
  double: isNumber,
  currency: isNumber,
  percent: isNumber,
  date: isDate,
  datetime: isInstant,
  time: (value) => typeof value === 'string' && TIME.test(value),
  address: () => false,
};

const fits = (type: FieldType, value: unknown): boolean => CHECKS[type]?.(value) ?? typeof value !== 'object';

/** Arrays are refused in a wording of their own. */
function refusal({ field, value }: Mistyped, place: string): string {
  const type = field.type === 'address' ? field.name : field.type;
  if (Array.isArray(value)) return `Cannot deserialize instance of ${type} from START_ARRAY value ${place}`;
  const shown = typeof value === 'object' ? '{' : textOf(value);
  return `Cannot deserialize instance of ${type} from ${tokenOf(value)} value ${shown} or request may be missing a required field at ${place}`;
}
