import { PortError } from '../app/ports.ts';

const namePattern = /^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*$/;

/** Returns the name of an object or a field for use in SQL, after checking that it can be nothing else than a name. */
export function checkedName(name: string): string {
  if (namePattern.test(name)) return name;
  throw new PortError('invalid', `'${name}' is not the name of a Salesforce object or field`);
}

/** Name of the table that holds an object's rows, quoted. */
export const mirrorTable = (object: string): string => `"mirror_${checkedName(object)}"`;

/**
 * A row is one text, as it came packed; `layout` says which fields its values are, `parent` repeats the one that
 * children are looked up by. A column for each field would make saving a row five times as expensive.
 */
export const createMirrorTable = (object: string): string =>
  `create table if not exists ${mirrorTable(object)}
    (id text primary key not null, layout integer not null, parent text, row text not null)`;

/** Built on first use: a load into an indexed table takes a third longer. */
export const createParentIndex = (object: string): string =>
  `create index if not exists "mirror_${checkedName(object)}_by_parent" on ${mirrorTable(object)} (parent) where parent is not null`;

/**
 * An upsert of the row $2 by its id $1 that leaves a row alone when nothing differs, so that the number of changes is the
 * number of differences. Where the layout has a parent it is $3.
 */
export function upsertMirrorRow(object: string, layout: number, hasParent: boolean): string {
  const table = mirrorTable(object);
  const parent = hasParent ? '$3' : 'null';
  return `insert into ${table} (id, layout, parent, row) values ($1, ${layout}, ${parent}, $2)
    on conflict (id) do update set layout = excluded.layout, parent = excluded.parent, row = excluded.row
    where ${table}.row <> excluded.row or ${table}.layout <> excluded.layout`;
}

/** Rows of a full read that were seen; the object is a constant in the text so that a row needs its id only. */
export const markSeen = (object: string): string =>
  `insert into mirror_seen (object, id) values ('${checkedName(object)}', $1) on conflict do nothing`;
