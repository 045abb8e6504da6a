import { readAs } from './formula/formula-viewer.ts';
import { toId18 } from './ids.ts';
import type { OrgCore } from './org-core.ts';
import { OrgError } from './org-error.ts';
import { Binder } from './soql/plan/binder.ts';
import { QueryErrors } from './soql/parse/query-error.ts';
import { QuerySource } from './soql/parse/query-source.ts';
import { CountedRelationships } from './soql/rules/relationship-limits.ts';
import { Scope } from './soql/plan/scope.ts';
import type { FieldDef, ObjectDef, OutputRow, UserContext } from './types.ts';
import { recordUrl, toWire } from './values.ts';

type Cell = string | number | null;

const HINT =
  "If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.";

/** One record by id with every readable field, or with the named ones. */
export function retrieveRecord(
  core: OrgCore,
  user: UserContext,
  objectName: string,
  id: string,
  fieldNames: readonly string[] | undefined,
  apiVersion: number,
): OutputRow {
  const object = core.schema.find(objectName);
  const id18 = toId18(id);
  if (object === undefined || id18 === undefined || !user.access.object(object.name).read) throw notFound();
  const fields = fieldNames === undefined ? readableFields(user, object) : namedFields(core, user, object, fieldNames);
  const row = readAs(core, user, () => readRow(core, user, object, id18, fields, apiVersion));
  const values = fields.map((field, index) => [field.name, toWire(row[index], field)] as const);
  return {
    attributes: { type: object.name, url: recordUrl(object.name, id18, apiVersion) },
    ...Object.fromEntries(values),
  };
}

/** The cells of the fields, in order; throws for a record that is not there for this user. */
function readRow(
  core: OrgCore,
  user: UserContext,
  object: ObjectDef,
  id: string,
  fields: readonly FieldDef[],
  apiVersion: number,
): readonly Cell[] {
  const request = {
    core,
    user,
    errors: new QueryErrors(''),
    source: new QuerySource('', {}),
    includeDeleted: true,
    apiVersion,
    nextAlias: () => 't',
    relationships: new CountedRelationships(),
  };
  const scope = new Scope(request, new Binder(), object);
  const columns = fields.map((field) => scope.column(field.name).sql);
  const deleted = core.schema.field(object, 'IsDeleted') === undefined ? '0' : `${scope.alias}."IsDeleted"`;
  const where = `${scope.alias}."Id" = ${scope.binder.bind(id)} and ${scope.visible()}`;
  const statement = core.db.prepare(`select ${[...columns, deleted].join(', ')} from ${scope.from()} where ${where}`);
  statement.setReturnArrays(true);
  const row = statement.get(...scope.binder.values) as unknown as Cell[] | undefined;
  if (row === undefined) throw notFound();
  if (row.at(-1) === 1) throw new OrgError('ENTITY_IS_DELETED', 'entity is deleted', 404);
  return row;
}

const isReadable = (user: UserContext, object: ObjectDef, field: FieldDef): boolean =>
  (field.formula === undefined || field.sql !== undefined) && user.access.field(object.name, field.name).read;

const readableFields = (user: UserContext, object: ObjectDef): readonly FieldDef[] =>
  object.fields.filter((field) => isReadable(user, object, field));

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
    if (field !== undefined && isReadable(user, object, field)) return field;
    throw new OrgError('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}. ${HINT}`);
  });
}

const notFound = (): OrgError => new OrgError('NOT_FOUND', 'The requested resource does not exist', 404);
