import type { DatabaseSync } from 'node:sqlite';
import { viewerOf } from './formula/formula-viewer.ts';
import type { OrgCore } from './org-core.ts';
import { quoteName } from './quote-name.ts';
import type { ObjectDef, UserContext } from './types.ts';

/** The platform lists about this many of a user. */
const MOST_LISTED = 200;

export type SeenRecord = { readonly object: string; readonly id: string };

/** Prepares to keep which records each user saw last, and lets SQL know who is reading. */
export function openSeenRecords(core: OrgCore): void {
  core.db.exec(`create table if not exists "~seen" (
    user_id text not null, id text not null, object text not null, viewed integer, referenced integer not null,
    seq integer not null, primary key (user_id, id)) without rowid`);
  core.db.function('org_viewer', () => viewerOf(core).userId);
}

/** Notes that a user looked at the rows of these numbers, as FOR VIEW says, or at what refers to them. */
export function noteSeenRows(
  core: OrgCore,
  user: UserContext,
  object: ObjectDef,
  rowNumbers: readonly number[],
  how: 'VIEW' | 'REFERENCE',
): void {
  const sql = `select it."Id" as id from json_each(?) k join ${quoteName(object.name)} it on it._row = k.value
    order by k.key desc`;
  const ids = core.db.prepare(sql).all(JSON.stringify(rowNumbers));
  for (const { id } of ids) noteSeen(core, user.userId, { object: object.name, id: String(id) }, how);
}

/** Puts a record at the head of a user's list. */
export function noteSeen(core: OrgCore, userId: string, { object, id }: SeenRecord, how: 'VIEW' | 'REFERENCE'): void {
  const now = core.clock.stamp();
  core.db
    .prepare(
      `insert into "~seen" (user_id, id, object, viewed, referenced, seq)
       values (?1, ?2, ?3, ?4, ?5, (select coalesce(max(seq), 0) + 1 from "~seen" where user_id = ?1))
       on conflict (user_id, id) do update set viewed = coalesce(excluded.viewed, viewed),
         referenced = excluded.referenced, seq = excluded.seq`,
    )
    .run(userId, id, object, how === 'VIEW' ? now : null, now);
}

/** The records a user saw last, the latest first. */
export function seenRecords(db: DatabaseSync, userId: string): readonly SeenRecord[] {
  const sql = `select object, id from "~seen" where user_id = ? order by seq desc limit ${MOST_LISTED}`;
  return db
    .prepare(sql)
    .all(userId)
    .map((row) => ({ object: String(row['object']), id: String(row['id']) }));
}
