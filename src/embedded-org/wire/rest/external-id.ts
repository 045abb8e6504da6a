import { getExternalIdField } from '../../data/dml/external-id-field.ts';
import { toId18 } from '../../data/ids.ts';
import { OrgError } from '../../data/org-error.ts';
import type { FieldDef, ObjectDef } from '../../data/types.ts';
import { param, type RestCall } from '../../http/rest-call.ts';

/** The external id field (or Id) that the path names; NOT_FOUND when the object has no such key that the user may read. */
export const requireExternalIdField = (call: RestCall, object: ObjectDef): FieldDef =>
  getExternalIdField(call.wire.org.core.schema, call.user, object, param(call, 'field'));

/** Ids of the records whose external id is the value in the path: usually none or one. */
export function findByExternalId(call: RestCall, object: ObjectDef): readonly string[] {
  const field = requireExternalIdField(call, object);
  const literal = toLiteral(field, param(call, 'value'));
  const soql = `SELECT Id FROM ${object.name} WHERE ${field.name} = ${literal} LIMIT 10`;
  const result = call.wire.org.query(call.user, soql, { includeDeleted: false, apiVersion: call.version });
  return result.page(0, 10).map((row) => String(row['Id']));
}

/** A SOQL literal of the field's type. The value comes from the client, so numbers and ids are checked, text is escaped. */
function toLiteral(field: FieldDef, value: string): string {
  if (field.type === 'id') return quote(toId18(value) ?? value);
  const isNumber =
    field.type === 'double' || field.type === 'int' || field.type === 'currency' || field.type === 'percent';
  if (!isNumber) return quote(value);
  if (!/^-?\d+(\.\d+)?$/.test(value)) {
    throw new OrgError('INVALID_FIELD', `${field.name}: value not of required type: ${value}`, 400, [field.name]);
  }
  return value;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const quote = (value: string): string => `'${value.replaceAll(/[\\'\n\r\t]/g, (char) => ESCAPES[char] ?? char)}'`;
