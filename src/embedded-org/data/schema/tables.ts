import type { DatabaseSync } from 'node:sqlite';
import { quoteName } from '../quote-name.ts';
import type { FieldDef, ObjectDef } from '../types.ts';

/**
 * Creates the object's table or adds the columns and indexes it lacks.
 *
 * No row takes the number of one that is gone: the pages of an open query find their rows by number.
 */
export function synchroniseTable(db: DatabaseSync, object: ObjectDef): void {
  const table = quoteName(object.name);
  const stored = object.fields.filter(isStored);
  const existing = columnsOf(db, object.name);
  if (existing.size === 0) {
    const columns = stored.map((field) => columnSql(field));
    db.exec(`create table ${table} (_row integer primary key autoincrement, ${columns.join(', ')})`);
  } else {
    for (const field of stored)
      if (!existing.has(field.name.toLowerCase())) db.exec(`alter table ${table} add column ${addedColumnSql(field)}`);
  }
  for (const index of indexesOf(object)) db.exec(index);
}

export function dropTable(db: DatabaseSync, objectName: string): void {
  db.exec(`drop table if exists ${quoteName(objectName)}`);
}

/** Drops a column with the indexes on it. */
export function dropColumn(db: DatabaseSync, object: ObjectDef, field: FieldDef): void {
  if (!isStored(field)) return;
  dropIndex(db, object, field);
  db.exec(`alter table ${quoteName(object.name)} drop column ${quoteName(field.name)}`);
}

/** Drops the index on a field; the next synchronisation makes the one that its definition asks for. */
export function dropIndex(db: DatabaseSync, object: ObjectDef, field: FieldDef): void {
  db.exec(`drop index if exists ${indexName(object, field)}`);
}

/** Whether the field has a column; formulas and computed standard fields have none. */
export const isStored = (field: FieldDef): boolean => field.formula === undefined && field.sql === undefined;

/** Lower-case names of the table's columns; none without a table, as while a deployment holds it back. */
export function columnsOf(db: DatabaseSync, objectName: string): ReadonlySet<string> {
  const rows = db.prepare('select lower(name) as name from pragma_table_info(?)').all(objectName) as { name: string }[];
  return new Set(rows.map((row) => row.name));
}

function columnSql(field: FieldDef): string {
  if (field.type === 'id') return `${quoteName(field.name)} text not null unique`;
  return addedColumnSql(field);
}

/** Booleans are never null in Salesforce: a new checkbox is false on every existing row. */
function addedColumnSql(field: FieldDef): string {
  const name = quoteName(field.name);
  if (field.type === 'boolean') return `${name} integer not null default ${field.defaultValue === true ? 1 : 0}`;
  const collation = field.caseSensitive ? 'text' : 'text collate nocase';
  return `${name} ${COLUMN_TYPES[field.type] ?? collation}`;
}

/** Types that are not text for people, which compares without regard to case. */
const COLUMN_TYPES: Readonly<Partial<Record<FieldDef['type'], string>>> = {
  int: 'integer',
  datetime: 'integer',
  double: 'real',
  currency: 'real',
  percent: 'real',
  id: 'text',
  reference: 'text',
  date: 'text',
  time: 'text',
};

/** What Salesforce indexes too: audit stamps, owners, lookups, addresses of email, unique and external ids. */
function indexesOf(object: ObjectDef): string[] {
  const table = quoteName(object.name);
  const has = (name: string): boolean => object.fields.some((field) => field.name === name);
  const alive = has('IsDeleted') ? ' and "IsDeleted" = 0' : '';
  const statements: string[] = [];
  if (has('SystemModstamp')) statements.push(plainIndex(object, 'SystemModstamp', '"SystemModstamp", "Id"'));
  if (has('CreatedDate')) statements.push(plainIndex(object, 'CreatedDate', '"CreatedDate", "Id"'));
  for (const field of object.fields.filter(isStored)) {
    const name = quoteName(field.name);
    if (field.unique)
      statements.push(
        `create unique index if not exists ${indexName(object, field)} on ${table} (${name}) where ${name} is not null${alive}`,
      );
    else if (field.externalId || isIndexed(field))
      statements.push(
        `create index if not exists ${indexName(object, field)} on ${table} (${name}) where ${name} is not null`,
      );
  }
  return statements;
}

const isIndexed = (field: FieldDef): boolean =>
  (field.type === 'reference' && field.name !== 'CreatedById' && field.name !== 'LastModifiedById') ||
  field.name === 'Email';

const plainIndex = (object: ObjectDef, field: string, columns: string): string =>
  `create index if not exists ${quoteName(`${object.name}.${field}`)} on ${quoteName(object.name)} (${columns})`;

const indexName = (object: ObjectDef, field: FieldDef): string => quoteName(`${object.name}.${field.name}`);
