import type { OrgCore } from '../org-core.ts';
import { OrgError } from '../org-error.ts';
import { runQuery } from '../soql/run-query.ts';
import type { Scope } from '../soql/plan/scope.ts';
import type { FieldDef, ObjectDef, OutputRow, UserContext } from '../types.ts';
import { malformed, parseSosl, type FieldGroup, type Returned } from './parse-sosl.ts';
import { compileSearch, searching, searchSql } from './search-function.ts';
import { parseSearchTerm } from './search-term.ts';

const MOST_RECORDS = 2000;

/** Runs SOSL as a user: records whose fields hold the words, object by object in the order of RETURNING. */
export function runSosl(core: OrgCore, user: UserContext, sosl: string, apiVersion: number): readonly OutputRow[] {
  const request = parseSosl(sosl);
  const matches = compileSearch(parseSearchTerm(request.term));
  const returning = request.returning.length > 0 ? request.returning : everyObject(core, user);
  let left = Math.min(request.limit ?? MOST_RECORDS, MOST_RECORDS);
  return returning.flatMap((returned) => {
    const object = searchable(core, user, returned);
    const narrow = (scope: Scope): string => matchSql(scope, fieldsOf(object, request.group));
    const options = { includeDeleted: false, apiVersion, narrow };
    const found = searching(core.db, matches, () => runQuery(core, user, toSoql(object, returned), options));
    const rows = found.page(0, left);
    left -= rows.length;
    return rows;
  });
}

function toSoql(object: ObjectDef, { fields, rest }: Returned): string {
  const selected = fields === '' ? 'Id' : fields;
  return `SELECT ${selected} FROM ${object.name} ${rest}`;
}

const isSearchable = (object: ObjectDef): boolean => !object.setup && object.createable && object.queryable;

const everyObject = (core: OrgCore, user: UserContext): readonly Returned[] =>
  core.schema
    .all()
    .filter((object) => isSearchable(object) && user.access.object(object.name).read)
    .map((object) => ({ objectName: object.name, fields: '', rest: '' }));

function searchable(core: OrgCore, user: UserContext, { objectName }: Returned): ObjectDef {
  const object = core.schema.find(objectName);
  if (object === undefined || !user.access.object(object.name).read) {
    throw new OrgError('INVALID_TYPE', `sObject type '${objectName}' is not supported.`);
  }
  if (isSearchable(object)) return object;
  throw malformed(`entity type ${object.name} does not support search`);
}

const TEXT_TYPES = new Set(['string', 'textarea', 'email', 'phone', 'url', 'picklist', 'combobox']);

function fieldsOf(object: ObjectDef, group: FieldGroup): readonly FieldDef[] {
  const isName = (field: FieldDef): boolean => field.nameField === true || field.compoundFieldName === 'Name';
  switch (group) {
    case 'NAME':
      return object.fields.filter(isName);
    case 'EMAIL':
      return object.fields.filter((field) => field.type === 'email');
    case 'PHONE':
      return object.fields.filter((field) => field.type === 'phone');
    case 'SIDEBAR':
      return object.fields.filter((field) => isName(field) || field.type === 'email' || field.type === 'phone');
    default:
      return object.fields.filter((field) => TEXT_TYPES.has(field.type) && field.formula === undefined);
  }
}

/** Fields that the user may not read are not searched for them. */
function matchSql(scope: Scope, fields: readonly FieldDef[]): string {
  const readable = fields.filter((field) => scope.readableField(scope.object, field.name) !== undefined);
  return readable.length === 0 ? '0' : searchSql(readable.map((field) => scope.column(field.name).sql));
}
