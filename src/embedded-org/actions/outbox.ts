import type { DatabaseSync } from 'node:sqlite';
import type { OrgClock } from '../data/org-clock.ts';

/** A mail that the org would have sent. */
export type Mail = {
  readonly from: string;
  readonly fromName: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly body: string;
  readonly isHtml: boolean;
  readonly sentBy: string;
  readonly emailMessageId: string | null;
};

/** A notification that would have rung the bells of its recipients. */
export type SentNotification = {
  readonly customNotifTypeId: string;
  readonly sentBy: string;
  readonly recipients: readonly string[];
  readonly title: string;
  readonly body: string;
  readonly targetId: string | null;
  readonly targetPageRef: string | null;
};

const HOUR = 60 * 60 * 1000;

/**
 * What leaves the org: kept in its database for tests to look at, never put on a network.
 *
 * Lies in the transaction of the call that sends it, so that what is rolled back was never sent.
 */
export class Outbox {
  readonly #db: DatabaseSync;
  readonly #clock: OrgClock;

  constructor(db: DatabaseSync, clock: OrgClock) {
    db.exec(`create table if not exists outbox (
      id integer primary key autoincrement, kind text not null, instant integer not null, content text not null);
      create table if not exists unverified_sender (address text primary key collate nocase) without rowid`);
    this.#db = db;
    this.#clock = clock;
  }

  putMail(mail: Mail): void {
    this.#put('mail', mail);
  }

  putNotification(notification: SentNotification): void {
    this.#put('notification', notification);
  }

  mails(): readonly (Mail & { readonly sentAt: string })[] {
    return this.#all('mail') as (Mail & { sentAt: string })[];
  }

  notifications(): readonly (SentNotification & { readonly sentAt: string })[] {
    return this.#all('notification') as (SentNotification & { sentAt: string })[];
  }

  notificationsInLastHour(): number {
    const sql = "select count(*) as sent from outbox where kind = 'notification' and instant > ?";
    return Number(this.#db.prepare(sql).get(this.#clock.now() - HOUR)?.['sent'] ?? 0);
  }

  clear(): void {
    this.#db.exec('delete from outbox');
  }

  /** Whoever owns the address has confirmed that it is theirs; so it is with every address until a test says otherwise. */
  isVerified(address: string): boolean {
    return this.#db.prepare('select 1 as found from unverified_sender where address = ?').get(address) === undefined;
  }

  setVerified(address: string, isVerified: boolean): void {
    const sql = isVerified
      ? 'delete from unverified_sender where address = ?'
      : 'insert or ignore into unverified_sender (address) values (?)';
    this.#db.prepare(sql).run(address);
  }

  unverified(): readonly string[] {
    const rows = this.#db.prepare('select address from unverified_sender order by address').all();
    return rows.map((row) => String(row['address']));
  }

  #put(kind: string, content: object): void {
    const sql = 'insert into outbox (kind, instant, content) values (?, ?, ?)';
    this.#db.prepare(sql).run(kind, this.#clock.now(), JSON.stringify(content));
  }

  #all(kind: string): object[] {
    const rows = this.#db.prepare('select instant, content from outbox where kind = ? order by id').all(kind);
    return rows.map((row) => ({
      ...(JSON.parse(String(row['content'])) as object),
      sentAt: new Date(Number(row['instant'])).toISOString(),
    }));
  }
}
