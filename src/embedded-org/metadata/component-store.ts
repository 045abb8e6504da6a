import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { makeId } from '../data/ids.ts';
import type { OrgCore } from '../data/org-core.ts';
import type { UserContext } from '../data/types.ts';

const TABLES = `
  create table if not exists "_component" (
    type text not null, name text not null collate nocase, id text not null, created_by text, created_at integer,
    modified_by text, modified_at integer, primary key (type, name)) without rowid;
  create table if not exists "_component_file" (
    type text not null, name text not null collate nocase, path text not null, content blob not null,
    primary key (type, name, path)) without rowid;
  create unique index if not exists "_component_id" on "_component" (id);`;

const ready = new WeakSet<OrgCore>();

/** Creates the tables of deployed components; before a transaction begins, or a rollback takes them along. */
export function ensureComponentTables(core: OrgCore): void {
  if (ready.has(core)) return;
  core.db.exec(TABLES);
  addAuditColumns(core.db);
  if (!core.db.isTransaction) ready.add(core);
}

/** Orgs of before had no record of who deployed what when. */
function addAuditColumns(db: DatabaseSync): void {
  const known = new Set(
    db
      .prepare('pragma table_info("_component")')
      .all()
      .map((row) => String(row['name'])),
  );
  for (const column of ['created_by text', 'created_at integer', 'modified_by text', 'modified_at integer']) {
    if (!known.has(column.split(' ')[0] ?? '')) db.exec(`alter table "_component" add column ${column}`);
  }
}

function database(core: OrgCore): DatabaseSync {
  ensureComponentTables(core);
  return core.db;
}

/** The files of a deployed component by their path in its deployment; empty if there is none. */
export function metadataFiles(core: OrgCore, type: string, fullName: string): ReadonlyMap<string, Uint8Array> {
  const sql = 'select path, content from "_component_file" where type = ? and name = ? order by path';
  const rows = database(core).prepare(sql).all(type, fullName);
  return new Map(rows.map((row) => [String(row['path']), row['content'] as Uint8Array]));
}

/** Full names of the deployed components of a type, sorted. */
export function metadataNames(core: OrgCore, type: string): readonly string[] {
  const rows = database(core).prepare('select name from "_component" where type = ? order by name').all(type);
  return rows.map((row) => String(row['name']));
}

export function findComponent(core: OrgCore, type: string, fullName: string): string | undefined {
  const row = database(core).prepare('select id from "_component" where type = ? and name = ?').get(type, fullName);
  return row && String(row['id']);
}

/** What the org knows of a deployed component besides its files. */
export type ComponentRecord = {
  readonly type: string;
  readonly fullName: string;
  readonly id: string;
  readonly createdById: string | undefined;
  readonly createdAt: number | undefined;
  readonly modifiedById: string | undefined;
  readonly modifiedAt: number | undefined;
};

/** The deployed components of a type, sorted by name. */
export function componentRecords(core: OrgCore, type: string): readonly ComponentRecord[] {
  return database(core).prepare('select * from "_component" where type = ? order by name').all(type).map(toRecord);
}

/** Full names of the deployed parts of an object of a type, sorted. */
export function deployedParts(core: OrgCore, type: string, objectName: string): readonly string[] {
  // The slash follows the dot, so these are the names that begin with the object's and a dot.
  const sql = 'select name from "_component" where type = ? and name >= ? and name < ? order by name';
  const rows = database(core).prepare(sql).all(type, `${objectName}.`, `${objectName}/`);
  return rows.map((row) => String(row['name']));
}

function toRecord(row: Record<string, SQLOutputValue>): ComponentRecord {
  const text = (name: string): string | undefined => (row[name] === null ? undefined : String(row[name] ?? ''));
  const instant = (name: string): number | undefined => (row[name] === null ? undefined : Number(row[name]));
  return {
    type: String(row['type']),
    fullName: String(row['name']),
    id: String(row['id']),
    createdById: text('created_by'),
    createdAt: instant('created_at'),
    modifiedById: text('modified_by'),
    modifiedAt: instant('modified_at'),
  };
}

export type StoredChange = { readonly id: string; readonly created: boolean; readonly changed: boolean };

const INSERT = 'insert into "_component" (type, name, id, created_by, created_at) values (?, ?, ?, ?, ?)';

/** Keeps a component's files, replacing those it had; tells whether it is new and whether anything differs. */
export function saveComponent(
  run: { readonly core: OrgCore; readonly user: UserContext },
  type: string,
  fullName: string,
  keyPrefix: string,
  files: ReadonlyMap<string, Uint8Array>,
): StoredChange {
  const { core, user } = run;
  const db = database(core);
  const stamp = core.clock.stamp();
  const known = findComponent(core, type, fullName);
  const before = metadataFiles(core, type, fullName);
  const changed = known === undefined || !sameFiles(before, files);
  const id = known ?? nextComponentId(core, keyPrefix);
  if (known === undefined) db.prepare(INSERT).run(type, fullName, id, user.userId, stamp);
  if (changed) {
    const touch = 'update "_component" set modified_by = ?, modified_at = ? where type = ? and name = ?';
    db.prepare(touch).run(user.userId, stamp, type, fullName);
    db.prepare('delete from "_component_file" where type = ? and name = ?').run(type, fullName);
    const insert = db.prepare('insert into "_component_file" (type, name, path, content) values (?, ?, ?, ?)');
    for (const [path, content] of files) insert.run(type, fullName, path, content);
  }
  return { id, created: known === undefined, changed };
}

/** Forgets a component, and with an object its fields, rules and other parts. */
export function dropComponent(core: OrgCore, type: string, fullName: string): void {
  const parts = type === 'CustomObject' ? ` or name like ?2 || '.%'` : '';
  for (const table of ['_component', '_component_file']) {
    database(core).prepare(`delete from "${table}" where (type = ?1 and name = ?2)${parts}`).run(type, fullName);
  }
}

function nextComponentId(core: OrgCore, keyPrefix: string): string {
  // The brace follows all letters, so these are the ids that begin with the prefix.
  const sql = 'select count(*) as taken from "_component" where id >= ? and id < ?';
  const row = core.db.prepare(sql).get(keyPrefix, `${keyPrefix}{`);
  for (let sequence = Number(row?.['taken'] ?? 0) + 1; ; sequence++) {
    const id = makeId(keyPrefix, sequence);
    if (!core.db.prepare('select 1 as taken from "_component" where id = ?').get(id)) return id;
  }
}

function sameFiles(left: ReadonlyMap<string, Uint8Array>, right: ReadonlyMap<string, Uint8Array>): boolean {
  if (left.size !== right.size) return false;
  return [...left].every(([path, content]) => {
    const other = right.get(path);
    return other !== undefined && Buffer.compare(content, other) === 0;
  });
}
