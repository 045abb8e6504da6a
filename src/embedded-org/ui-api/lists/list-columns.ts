import type { FieldDef, ObjectDef, Schema } from '../../data/types.ts';

/** Names that list views and layouts have for columns, where their own name does not tell the field. */
const SPECIAL: Readonly<Record<string, string>> = {
  'CORE.USERS.ALIAS': 'Owner.Alias',
  'CORE.USERS.FULL_NAME': 'Owner.Name',
  'OWNER.ALIAS': 'Owner.Alias',
  'OWNER_NAME': 'Owner.Name',
  'CREATEDBY_USER': 'CreatedBy.Name',
  'CREATEDBY_USER.ALIAS': 'CreatedBy.Alias',
  'UPDATEDBY_USER': 'LastModifiedBy.Name',
  'UPDATEDBY_USER.ALIAS': 'LastModifiedBy.Alias',
  'CREATED_DATE': 'CreatedDate',
  'LAST_UPDATE': 'LastModifiedDate',
  'FULL_NAME': 'Name',
  'OBJECT_ID': 'Id',
}; // prettier-ignore

/** The field path that a column of a list view or related list means, e.g. `LEAD.LEAD_SOURCE` → `LeadSource`. */
export function columnPath(schema: Schema, object: ObjectDef, column: string): string | undefined {
  const special = SPECIAL[column] ?? SPECIAL[column.slice(column.indexOf('.') + 1)];
  if (special !== undefined) return special;
  if (schema.field(object, column)) return throughReference(schema.field(object, column));
  const words = plain(column.slice(column.lastIndexOf('.') + 1));
  const ownWords = words.startsWith(plain(object.name)) ? words.slice(plain(object.name).length) : words;
  const field = object.fields.find(({ name }) => [words, ownWords].includes(plain(name)));
  return throughReference(field);
}

/** A list shows the name of the record that a reference leads to. */
const throughReference = (field: FieldDef | undefined): string | undefined =>
  field?.relationshipName ? `${field.relationshipName}.Name` : field?.name;

const plain = (name: string): string => name.replaceAll('_', '').toLowerCase();
