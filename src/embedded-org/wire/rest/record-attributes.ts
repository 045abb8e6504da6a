import { OrgError } from '../../data/org-error.ts';
import type { InputRow, ObjectDef } from '../../data/types.ts';
import { asObject, type RestCall } from '../../http/rest-call.ts';

type SentRecord = Readonly<Record<string, unknown>>;

/** The `type` of a record's `attributes`; throws INVALID_INPUT for a record without one. */
export function requireType(record: SentRecord): string {
  const type = typeOf(record);
  if (typeof type === 'string') return type;
  throw new OrgError('INVALID_INPUT', 'Include the entity type: attributes.type is missing.', 400);
}

/** Throws INVALID_INPUT for a record that says it is of another object than the one it is written to. */
export function refuseOtherType(call: RestCall, object: ObjectDef, record: SentRecord): void {
  const type = typeOf(record);
  if (type === undefined) return;
  if (typeof type === 'string' && call.wire.org.core.schema.find(type) === object) return;
  const message = `The record is of the type ${JSON.stringify(type)}, but ${object.name} is what can be written here.`;
  throw new OrgError('INVALID_INPUT', message, 400);
}

const typeOf = ({ attributes }: SentRecord): unknown =>
  asObject(attributes ?? {}, 'attributes must be an object.')['type'];

export function withoutAttributes(record: SentRecord): InputRow {
  const { attributes: _attributes, ...row } = record;
  return row;
}
