export type ObjectId = string | { readonly objectApiName: string };

export type FieldId = string | { readonly objectApiName: string; readonly fieldApiName: string };

/** `Lead` for the name itself and for what `@salesforce/schema/Lead` imports. */
export const objectName = (object: ObjectId): string => (typeof object === 'string' ? object : object.objectApiName);

/** `Lead.Owner.Name` for the name itself and for what `@salesforce/schema/Lead.Owner.Name` imports. */
export const fieldName = (field: FieldId): string =>
  typeof field === 'string' ? field : `${field.objectApiName}.${field.fieldApiName}`;

/** The names of one field, several or none. */
export const asNames = (fields: FieldId | readonly FieldId[] | null | undefined): readonly string[] =>
  fields === undefined || fields === null
    ? []
    : (Array.isArray(fields) ? (fields as readonly FieldId[]) : [fields as FieldId]).map(fieldName);
