import type { CrmValue, ObservationStore, ObservedChange } from '../app/ports.ts';
import { inSlices, parameters } from './in-slices.ts';
import type { Sql } from './sql.ts';

type Row = { record_id: string; field: string; at: number; object: string; from_value: string; to_value: string };

/** Stores the changes of fields that the service saw itself. */
export class ObservationRepository implements ObservationStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async add(changes: readonly ObservedChange[]): Promise<void> {
    const text = `insert into observed_change (record_id, field, at, object, from_value, to_value)
      values ($1, $2, $3, $4, $5, $6)
      on conflict (record_id, field, at) do update set to_value = excluded.to_value`;
    await this.#sql.batch(
      [{ text }],
      changes.map(({ recordId, field, at, object, from, to }) => [
        recordId,
        field,
        at,
        object,
        JSON.stringify(from),
        JSON.stringify(to),
      ]),
    );
  }

  async of(recordIds: readonly string[]): Promise<readonly ObservedChange[]> {
    const found: ObservedChange[] = [];
    for (const slice of inSlices(recordIds)) {
      const text = `select record_id, field, at, object, from_value, to_value from observed_change
        where record_id in (${parameters(slice.length)}) order by at, field`;
      found.push(...(await this.#sql.query<Row>(text, slice)).map(toChange));
    }
    return found;
  }

  async prune(before: number): Promise<readonly string[]> {
    const text = 'delete from observed_change where at < $1 returning record_id';
    return [...new Set((await this.#sql.query<{ record_id: string }>(text, [before])).map((row) => row.record_id))];
  }

  async erase(recordIds: readonly string[]): Promise<void> {
    await this.#sql.batch(
      [{ text: 'delete from observed_change where record_id = $1' }],
      recordIds.map((id) => [id]),
    );
  }
}

const toChange = ({ record_id, field, at, object, from_value, to_value }: Row): ObservedChange => ({
  object,
  recordId: record_id,
  field,
  at,
  from: JSON.parse(from_value) as CrmValue,
  to: JSON.parse(to_value) as CrmValue,
});
