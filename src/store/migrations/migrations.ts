/** One step of the schema. Numbered, append-only: a step that was released is never edited. */
export type Migration = { readonly version: number; readonly name: string; readonly sql: string };

export const migrations: readonly Migration[] = [
  {
    version: 1,
    name: 'initial',
    sql: `
      create table note (name text primary key, value text not null);
      create table sync_cursor (object text primary key, modstamp text not null, last_id text not null);
      create table mirror_layout (
        object text not null, layout integer not null, fields text not null, parent text, primary key (object, layout)
      );
      create table mirror_seen (object text not null, id text not null, primary key (object, id)) without rowid;
      create table outbox (
        seq integer primary key autoincrement, key text not null unique, object text not null, kind text not null,
        key_field text, record text not null, digest text not null, sent_digest text, attempts integer not null default 0
      );
      create table outbox_confirmed (key text primary key, digest text not null, record_id text not null);
      create table dead_letter (key text primary key, object text not null, reason text not null, at text not null);
      create table schedule (id text primary key, due_at bigint not null);
      create index schedule_by_due on schedule (due_at, id);
      create table run (
        id integer primary key autoincrement, kind text not null, started_at text not null, finished_at text,
        read integer not null default 0, written integer not null default 0, failed integer not null default 0
      );`,
  },
  {
    version: 2,
    name: 'outbox waits',
    sql: `
      alter table outbox add column not_before bigint not null default 0;
      drop table outbox_confirmed;`,
  },
  {
    version: 3,
    name: 'observed changes',
    sql: `
      create table observed_change (
        record_id text not null, field text not null, at bigint not null, object text not null,
        from_value text not null, to_value text not null, primary key (record_id, field, at)
      ) without rowid;
      create index observed_change_by_age on observed_change (at);`,
  },
  {
    version: 4,
    name: 'evidence of hand-offs',
    sql: `
      create table hand_off_evidence (key text primary key, lead_id text not null, evidence text not null) without rowid;
      create index hand_off_evidence_by_lead on hand_off_evidence (lead_id);`,
  },
  {
    version: 5,
    name: 'signals',
    sql: `
      create table signal (id text primary key, lead_id text not null, at bigint not null, attributes text not null)
        without rowid;
      create index signal_by_lead on signal (lead_id, at);
      create index signal_by_age on signal (at);`,
  },
  { version: 6, name: 'consent of signals', sql: 'alter table signal add column consent_field text;' },
];
