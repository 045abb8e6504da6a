import { quoteIdentifier } from './identifier.ts';

/** Name of the table that holds an object's rows, quoted. */
export const mirrorTable = (object: string): string => {
  quoteIdentifier(object);
  return `"mirror_${object}"`;
};

/** Columns carry no type: a value comes back exactly as it went in. */
export function createMirrorTable(object: string): string {
  return `create table if not exists ${mirrorTable(object)} ("Id" text primary key not null)`;
}

export const addMirrorColumn = (object: string, field: string): string =>
  `alter table ${mirrorTable(object)} add column ${quoteIdentifier(field)}`;

/** An upsert by Id that leaves a row alone when nothing differs, so that the number of changes is the number of differences. */
export function upsertMirrorRow(object: string, columns: readonly string[]): string {
  const table = mirrorTable(object);
  const names = columns.map(quoteIdentifier);
  const values = names.map((_, index) => `$${index + 1}`);
  const others = names.filter((name) => name !== '"Id"');
  const insert = `insert into ${table} (${names.join(', ')}) values (${values.join(', ')}) on conflict ("Id") do`;
  if (others.length === 0) return `${insert} nothing`;
  const set = others.map((name) => `${name} = excluded.${name}`).join(', ');
  const stored = others.map((name) => `${table}.${name}`).join(', ');
  const given = others.map((name) => `excluded.${name}`).join(', ');
  return `${insert} update set ${set} where (${stored}) is distinct from (${given})`;
}

/** Rows of a full read that were seen; the object is a constant in the text so that a row needs its Id only. */
export const markSeen = (object: string): string => {
  quoteIdentifier(object);
  return `insert into mirror_seen (object, id) values ('${object}', $1) on conflict do nothing`;
};
