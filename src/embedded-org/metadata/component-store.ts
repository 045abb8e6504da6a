import type { DatabaseSync } from 'node:sqlite';
import { makeId } from '../data/ids.ts';
import type { OrgCore } from '../data/org-core.ts';

const TABLES = `
  create table if not exists "_component" (
    type text not null, name text not null collate nocase, id text not null, primary key (type, name)) without rowid;
  create table if not exists "_component_file" (
    type text not null, name text not null collate nocase, path text not null, content blob not null,
    primary key (type, name, path)) without rowid;`;

const ready = new WeakSet<OrgCore>();

/** Creates the tables of deployed components; before a transaction begins, or a rollback takes them along. */
export function ensureComponentTables(core: OrgCore): void {
  if (ready.has(core)) return;
  core.db.exec(TABLES);
  if (!core.db.isTransaction) ready.add(core);
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

export type StoredChange = { readonly id: string; readonly created: boolean; readonly changed: boolean };

/** Keeps a component's files, replacing those it had; tells whether it is new and whether anything differs. */
export function saveComponent(
  core: OrgCore,
  type: string,
  fullName: string,
  keyPrefix: string,
  files: ReadonlyMap<string, Uint8Array>,
): StoredChange {
  const db = database(core);
  const known = findComponent(core, type, fullName);
  const before = metadataFiles(core, type, fullName);
  const changed = known === undefined || !sameFiles(before, files);
  const id = known ?? nextComponentId(core, keyPrefix);
  if (known === undefined)
    db.prepare('insert into "_component" (type, name, id) values (?, ?, ?)').run(type, fullName, id);
  if (changed) {
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
  const sql = 'select count(*) as taken, max(id) as last from "_component" where id like ?';
  const row = core.db.prepare(sql).get(`${keyPrefix}%`);
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
