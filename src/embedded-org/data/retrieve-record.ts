import { toId18 } from './ids.ts';
import type { OrgCore } from './org-core.ts';
import { OrgError } from './org-error.ts';
import { quoteName } from './quote-name.ts';
import { visibleSql } from './security/sharing.ts';
import { isStored } from './schema/tables.ts';
import { columnSql } from './soql/scope.ts';
import type { FieldDef, ObjectDef, OutputRow, UserContext } from './types.ts';
import { toWire } from './values.ts';

const LATEST_VERSION = '68.0';

/** One record by id with every readable field, or with the named ones; the wire sets the version of its URL. */
export function retrieveRecord(
  core: OrgCore,
  user: UserContext,
  objectName: string,
  id: string,
  fieldNames?: readonly string[],
): OutputRow {
  const object = core.schema.find(objectName);
  if (object === undefined || !user.access.object(object.name).read) throw notFound();
  const fields =
    fieldNames === undefined ? readableFields(core, user, object) : namedFields(core, user, object, fieldNames);
  const id18 = toId18(id);
  if (id18 === undefined)
    throw new OrgError('NOT_FOUND', 'Provided external ID field does not exist or is not accessible: ' + id, 404);
  const visible = visibleSql(core, user, object, 't');
  const columns = [...fields.map((field) => columnSql(field, 't')), isDeletedSql(core, object)];
  const statement = core.db.prepare(
    `select ${columns.join(', ')} from ${quoteName(object.name)} t where t."Id" = ? and ${visible.text}`,
  );
  statement.setReturnArrays(true);
  const row = statement.get(id18, ...visible.params) as unknown as (string | number | null)[] | undefined;
  if (row === undefined) throw notFound();
  if (row.at(-1) === 1) throw new OrgError('ENTITY_IS_DELETED', 'entity is deleted', 404);
  return toRecord(object, id18, fields, row);
}

function toRecord(
  object: ObjectDef,
  id: string,
  fields: readonly FieldDef[],
  row: readonly (string | number | null)[],
): OutputRow {
  const url = `/services/data/v${LATEST_VERSION}/sobjects/${object.name}/${id}`;
  const values = fields.map((field, index) => [field.name, toWire(row[index], field)] as const);
  return { attributes: { type: object.name, url }, ...Object.fromEntries(values) };
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
