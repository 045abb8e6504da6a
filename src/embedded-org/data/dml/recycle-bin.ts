import type { DatabaseSync } from 'node:sqlite';
import type { OrgCore } from '../org-core.ts';
import { prepared } from '../prepared.ts';
import type { WriteJob } from './write-job.ts';

const DAY = 24 * 60 * 60 * 1000;
/** How long a deleted record can be brought back. */
const BIN_PERIOD = 15 * DAY;
/** How far back clients may ask for deleted records. */
const GONE_PERIOD = 30 * DAY;

/**
 * Creates the tables behind the recycle bin; call it when the org is opened.
 *
 * `~bin` has a line for every deleted record with the record whose delete took it along (itself for the one that was
 * asked for), `~unlinked` every lookup that a delete cleared, `~gone` what was deleted for good, and whose it was.
 */
export function createRecycleBin(db: DatabaseSync): void {
  db.exec(`create table if not exists "~bin" (id text primary key, object text not null, root text not null, at integer not null) without rowid;
    create index if not exists "~bin.root" on "~bin" (root);
    create index if not exists "~bin.at" on "~bin" (at) where id = root;
    create table if not exists "~unlinked" (root text not null, child text not null, field text not null, parent text not null);
    create index if not exists "~unlinked.root" on "~unlinked" (root);
    create table if not exists "~gone" (id text primary key, object text not null, at integer not null, owner text) without rowid;
    create index if not exists "~gone.at" on "~gone" (object, at)`);
  const hasOwner = db.prepare(`select 1 from pragma_table_info('~gone') where name = 'owner'`).get() !== undefined;
  if (!hasOwner) db.exec('alter table "~gone" add column owner text');
}

export function putIntoBin(job: WriteJob, id: string, root: string): void {
  const sql = 'insert or replace into "~bin" (id, object, root, at) values (?, ?, ?, ?)';
  prepared(job.core.db, sql).run(id, job.plan.object.name, root, job.core.clock.now());
}

export function rememberLink(job: WriteJob, link: ClearedLink, root: string): void {
  const sql = 'insert into "~unlinked" (root, child, field, parent) values (?, ?, ?, ?)';
  prepared(job.core.db, sql).run(root, link.child, link.field, link.parent);
}

/** Whether the record was deleted by itself, not along with another, and its time in the bin is not over. */
export function isInBin(core: OrgCore, id: string): boolean {
  const sql = 'select 1 as found from "~bin" where id = ? and root = id and at > ?';
  return prepared(core.db, sql).get(id, core.clock.now() - BIN_PERIOD) !== undefined;
}

export type BinEntry = { readonly id: string; readonly object: string; readonly at: number };

/** The record itself and what was deleted along with it. */
export function entriesOfRoot(core: OrgCore, root: string): readonly BinEntry[] {
  return prepared(core.db, 'select id, object, at from "~bin" where root = ?').all(root) as BinEntry[];
}

/** A lookup of a child that a delete cleared. */
export type ClearedLink = { readonly child: string; readonly field: string; readonly parent: string };

export function linksOfRoot(core: OrgCore, root: string): readonly ClearedLink[] {
  return prepared(core.db, 'select child, field, parent from "~unlinked" where root = ?').all(root) as ClearedLink[];
}

export function forgetRoot(core: OrgCore, root: string): void {
  prepared(core.db, 'delete from "~bin" where root = ?').run(root);
  prepared(core.db, 'delete from "~unlinked" where root = ?').run(root);
}

/** Roots whose time in the bin is over, at most `limit` of them. */
export function expiredRoots(core: OrgCore, limit: number): readonly string[] {
  const sql = 'select id from "~bin" where id = root and at <= ? limit ?';
  return prepared(core.db, sql)
    .all(core.clock.now() - BIN_PERIOD, limit)
    .map((row) => String(row['id']));
}

/** Leaves a mark of a record that is deleted for good, and drops marks that nobody can ask for any more. */
export function rememberGone(core: OrgCore, { id, object, at }: BinEntry, owner: string | null): void {
  const oldest = core.clock.now() - GONE_PERIOD;
  const sql = 'insert or replace into "~gone" (id, object, at, owner) values (?, ?, ?, ?)';
  prepared(core.db, sql).run(id, object, at, owner);
  prepared(core.db, 'delete from "~gone" where object = ? and at < ?').run(object, oldest);
}
