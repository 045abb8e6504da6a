import type { HandOffEvidence, HandOffStore } from '../app/ports.ts';
import type { Sql } from './sql.ts';

/** Stores what was known of a person when a hand-off opened. */
export class HandOffRepository implements HandOffStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async remember(entries: readonly HandOffEvidence[]): Promise<void> {
    const text = `insert into hand_off_evidence (key, lead_id, evidence) values ($1, $2, $3)
      on conflict (key) do update set evidence = excluded.evidence where hand_off_evidence.evidence <> excluded.evidence`;
    await this.#sql.batch(
      [{ text }],
      entries.map(({ key, leadId, evidence }) => [key, leadId, evidence]),
    );
  }

  async find(key: string): Promise<string | undefined> {
    const text = 'select evidence from hand_off_evidence where key = $1';
    return (await this.#sql.query<{ evidence: string }>(text, [key]))[0]?.evidence;
  }

  async move(from: string, to: string): Promise<void> {
    await this.#sql.query('update hand_off_evidence set lead_id = $2 where lead_id = $1', [from, to]);
  }

  async erase(leadIds: readonly string[]): Promise<void> {
    await this.#sql.batch(
      [{ text: 'delete from hand_off_evidence where lead_id = $1' }],
      leadIds.map((id) => [id]),
    );
  }
}
