import { toId18 } from './ids.ts';
import type { OrgCore } from './org-core.ts';
import { OrgError } from './org-error.ts';
import { quoteName } from './quote-name.ts';
import { visibleSql } from './security/sharing.ts';
import { isStored } from './schema/tables.ts';
import { columnSql } from './soql/scope.ts';
import type { FieldDef, ObjectDef, OutputRow, UserContext } from './types.ts';
import { recordUrl, toWire } from './values.ts';

/** One record by id with every readable field, or with the named ones; the wire sets the version of its URL. */
export function retrieveRecord(
  core: OrgCore,
  user: UserContext,
  objectName: string,
  id: string,
  fieldNames: readonly string[] | undefined,
  apiVersion: number,
): OutputRow {
  const object = core.schema.find(objectName);
  if (object === undefined || !user.access.object(object.name).read) throw notFound();
  const fields =
    fieldNames === undefined ? readableFields(core, user, object) : namedFields(core, user, object, fieldNames);
  const id18 = toId18(id);
  if (id18 === undefined) throw notFound();
  const visible = visibleSql(core, user, object, 't');
  const columns = [...fields.map((field) => columnSql(field, 't')), isDeletedSql(core, object)];
  const statement = core.db.prepare(
    `select ${columns.join(', ')} from ${quoteName(object.name)} t where t."Id" = ? and ${visible.text}`,
  );
  statement.setReturnArrays(true);
  const row = statement.get(id18, ...visible.params) as unknown as (string | number | null)[] | undefined;
  if (row === undefined) throw notFound();
  if (row.at(-1) === 1) throw new OrgError('ENTITY_IS_DELETED', 'entity is deleted', 404);
  const attributes = { type: object.name, url: recordUrl(object.name, id18, apiVersion) };
  const values = fields.map((field, index) => [field.name, toWire(row[index], field)] as const);
  return { attributes, ...Object.fromEntries(values) };
}

const isQueryable = (field: FieldDef): boolean => isStored(field) || field.sql !== undefined;

function readableFields(core: OrgCore, user: UserContext, object: ObjectDef): readonly FieldDef[] {
  return object.fields.filter((field) => isQueryable(field) && user.access.field(object.name, field.name).read);
}

/** Id comes along unasked, as in Salesforce. */
function namedFields(
  core: OrgCore,
  user: UserContext,
  object: ObjectDef,
  names: readonly string[],
): readonly FieldDef[] {
  const wanted = names.some((name) => name.toLowerCase() === 'id') ? names : [...names, 'Id'];
  return wanted.map((name) => {
    const field = core.schema.field(object, name);
    if (field !== undefined && isQueryable(field) && user.access.field(object.name, field.name).read) return field;
    const hint =
      "If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.";
    throw new OrgError('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}. ${hint}`);
  });
}

function isDeletedSql(core: OrgCore, object: ObjectDef): string {
  return core.schema.field(object, 'IsDeleted') === undefined ? '0' : 't."IsDeleted"';
}

const notFound = (): OrgError => new OrgError('NOT_FOUND', 'The requested resource does not exist', 404);
