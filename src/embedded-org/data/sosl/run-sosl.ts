import type { DatabaseSync } from 'node:sqlite';
import type { OrgCore } from '../org-core.ts';
import { OrgError } from '../org-error.ts';
import { runQuery } from '../soql/run-query.ts';
import type { Scope } from '../soql/scope.ts';
import type { FieldDef, ObjectDef, OutputRow, UserContext } from '../types.ts';
import { malformed, parseSosl, type FieldGroup, type Returned } from './parse-sosl.ts';
import { parseSearchTerm, toWords, type SearchTree } from './search-term.ts';

const MOST_RECORDS = 2000;

/** Registers `org_words(text)`: the words of a text in lower case, each between blanks. */
export function registerWords(db: DatabaseSync): void {
  db.function('org_words', { deterministic: true }, (text) =>
    typeof text === 'string' ? ` ${toWords(text).replaceAll(/ +/g, ' ')} ` : null,
  );
}

/** Runs SOSL as a user: records whose fields hold the words, object by object in the order of RETURNING. */
export function runSosl(core: OrgCore, user: UserContext, sosl: string, apiVersion: number): readonly OutputRow[] {
  const request = parseSosl(sosl);
  const tree = parseSearchTerm(request.term);
  const returning = request.returning.length > 0 ? request.returning : everyObject(core, user);
  let left = Math.min(request.limit ?? MOST_RECORDS, MOST_RECORDS);
  return returning.flatMap((returned) => {
    const object = searchable(core, user, returned);
    const match = (scope: Scope): string => treeSql(scope, tree, fieldsOf(object, request.group));
    const options = { includeDeleted: false, apiVersion, narrow: match };
    const rows = runQuery(core, user, toSoql(object, returned), options).page(0, left);
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

function treeSql(scope: Scope, tree: SearchTree, fields: readonly FieldDef[]): string {
  if (tree.kind === 'phrase') return phraseSql(scope, tree.pattern, fields);
  if (tree.kind === 'not') return `not (${treeSql(scope, tree.part, fields)})`;
  return `(${tree.parts.map((part) => treeSql(scope, part, fields)).join(` ${tree.kind} `)})`;
}

/** Fields that the user may not read are not searched for them. */
function phraseSql(scope: Scope, pattern: string, fields: readonly FieldDef[]): string {
  const readable = fields.filter((field) => scope.readableField(scope.object, field.name) !== undefined);
  if (readable.length === 0) return '0';
  const whole = scope.binder.bind(`% ${pattern} %`);
  const anywhere = scope.binder.bind(`%${coarse(pattern)}%`);
  const conditions = readable.map(({ name }) => {
    const { sql } = scope.column(name);
    // SQLite finds most rows out by itself before the function is called.
    return `(${sql} like ${anywhere} and org_words(${sql}) like ${whole})`;
  });
  return `(coalesce(${conditions.join(', 0) or coalesce(')}, 0))`;
}

/** A pattern that every text with the words has, also where other signs stand between them or case is beyond ASCII. */
const coarse = (pattern: string): string =>
  // eslint-disable-next-line no-control-regex -- the question is which characters are ASCII
  pattern.replaceAll(/ |[^\x00-\x7f]+/g, '%');
