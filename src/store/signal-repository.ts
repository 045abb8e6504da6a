import type { Scalar } from '../domain/timeline/timeline.ts';
import type { SignalStore, StoredSignal } from '../app/ports.ts';
import { inSlices, parameters } from './in-slices.ts';
import type { Sql } from './sql.ts';

type Row = { id: string; lead_id: string; at: number; attributes: string; consent_field: string | null };

/** Stores what buyers did. */
export class SignalRepository implements SignalStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async add(signals: readonly StoredSignal[]): Promise<number> {
    const text = `insert into signal (id, lead_id, at, attributes, consent_field) values ($1, $2, $3, $4, $5)
      on conflict (id) do nothing`;
    return this.#sql.batch(
      [{ text }],
      signals.map(({ id, leadId, at, attributes, consentField }) => [
        id,
        leadId,
        at,
        JSON.stringify(attributes),
        consentField ?? null,
      ]),
    );
  }

  async of(leadIds: readonly string[]): Promise<readonly StoredSignal[]> {
    const found: StoredSignal[] = [];
    for (const slice of inSlices(leadIds)) {
      const text = `select id, lead_id, at, attributes, consent_field from signal
        where lead_id in (${parameters(slice.length)}) order by at, id`;
      found.push(...(await this.#sql.query<Row>(text, slice)).map(toSignal));
    }
    return found;
  }

  async move(from: string, to: string): Promise<void> {
    await this.#sql.query('update signal set lead_id = $2 where lead_id = $1', [from, to]);
  }

  async prune(before: number): Promise<readonly string[]> {
    const text = 'delete from signal where at < $1 returning lead_id';
    return [...new Set((await this.#sql.query<{ lead_id: string }>(text, [before])).map((row) => row.lead_id))];
  }

  async consentFields(): Promise<readonly (string | undefined)[]> {
    const rows = await this.#sql.query<Pick<Row, 'consent_field'>>('select distinct consent_field from signal');
    return rows.map((row) => row.consent_field ?? undefined);
  }

  async erase(leadIds: readonly string[], consentField?: string): Promise<number> {
    const text = 'delete from signal where lead_id = $1 and ($2 is null or consent_field = $2)';
    return this.#sql.batch(
      [{ text }],
      leadIds.map((id) => [id, consentField ?? null]),
    );
  }
}

const toSignal = ({ id, lead_id, at, attributes, consent_field }: Row): StoredSignal => ({
  id,
  leadId: lead_id,
  at,
  attributes: JSON.parse(attributes) as Readonly<Record<string, Scalar>>,
  ...(consent_field !== null && { consentField: consent_field }),
});
