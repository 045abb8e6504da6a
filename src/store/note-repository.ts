import type { Sql } from './sql.ts';

/** Stores small named values. */
export class NoteRepository {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async find(name: string): Promise<string | undefined> {
    const rows = await this.#sql.query<{ value: string }>('select value from note where name = $1', [name]);
    return rows[0]?.value;
  }

  async save(name: string, value: string): Promise<void> {
    await this.#sql.query(
      'insert into note (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value',
      [name, value],
    );
  }
}
