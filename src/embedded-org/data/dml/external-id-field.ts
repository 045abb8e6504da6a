import { OrgError } from '../org-error.ts';
import type { FieldDef, ObjectDef, Schema, UserContext } from '../types.ts';

/** The external id field (or Id) of this name; NOT_FOUND when the object has no such key that the user may read. */
export function getExternalIdField(schema: Schema, user: UserContext, object: ObjectDef, name: string): FieldDef {
  const field = schema.field(object, name);
  const readable = field && user.access.field(object.name, field.name).read;
  if (field && readable && (field.type === 'id' || field.externalId)) return field;
  throw new OrgError('NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${name}`, 404);
}
