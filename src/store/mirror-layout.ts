import { type CrmRecord, type CrmValue, PortError } from '../app/ports.ts';
import { checkedName } from './mirror-table.ts';
import type { Sql } from './sql.ts';

/** Which fields the values of a packed row are. Rows keep the layout they were saved with. */
export type Layout = {
  readonly number: number;
  /** `Id` first. */
  readonly fields: readonly string[];
  readonly parent: string | undefined;
};

/** A row of a mirror's table. */
export type StoredRow = { readonly id: string; readonly layout: number; readonly row: string };

type LayoutRow = { layout: number; fields: string; parent: string | null };

/** Stores the layouts of each object; the one with the highest number is in use. */
export class MirrorLayouts {
  readonly #sql: Sql;
  readonly #known = new Map<string, readonly Layout[]>();

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** All layouts of the object, the one in use last. */
  async all(object: string): Promise<readonly Layout[]> {
    const known = this.#known.get(object) ?? (await this.#read(object));
    // What a transaction reads may be rolled back, so it is not remembered.
    if (!this.#sql.inTransaction()) this.#known.set(object, known);
    return known;
  }

  async inUse(object: string): Promise<Layout> {
    const layout = (await this.all(object)).at(-1);
    if (!layout) throw new PortError('bug', `The mirror of ${object} was not prepared`);
    return layout;
  }

  /** Puts these fields in use. Layouts are never reused: a row of an earlier one has no values that are kept current. */
  async use(object: string, fields: readonly string[], parent: string | undefined): Promise<void> {
    const layouts = await this.all(object);
    const last = layouts.at(-1);
    const same = last && last.parent === parent && sameFields(last.fields, fields);
    if (same) return;
    const text = fields.map(checkedName).join(' ');
    const number = (last?.number ?? 0) + 1;
    this.#known.delete(object);
    await this.#sql.query('insert into mirror_layout (object, layout, fields, parent) values ($1, $2, $3, $4)', [
      object,
      number,
      text,
      parent ?? null,
    ]);
  }

  /** Turns stored rows into records of the fields in use; a field that a row was saved without is null. */
  async toRecords(object: string, rows: readonly StoredRow[]): Promise<CrmRecord[]> {
    const layouts = await this.#covering(object, rows);
    const fields = layouts.at(-1)?.fields ?? [];
    const positions = new Map(layouts.map((each) => [each.number, fields.map((name) => each.fields.indexOf(name))]));
    return rows.map(({ layout, row }) => toRecord(fields, positions.get(layout) ?? [], JSON.parse(row) as CrmValue[]));
  }

  /** Another process may have prepared a layout since the last look. */
  async #covering(object: string, rows: readonly StoredRow[]): Promise<readonly Layout[]> {
    const layouts = await this.all(object);
    const newest = layouts.at(-1)?.number ?? 0;
    if (rows.every(({ layout }) => layout <= newest)) return layouts;
    this.#known.delete(object);
    return this.all(object);
  }

  async #read(object: string): Promise<readonly Layout[]> {
    const rows = await this.#sql.query<LayoutRow>(
      'select layout, fields, parent from mirror_layout where object = $1 order by layout',
      [object],
    );
    return rows.map(({ layout, fields, parent }) => ({
      number: layout,
      fields: fields.split(' '),
      parent: parent ?? undefined,
    }));
  }
}

export const sameFields = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((field) => b.includes(field));

function toRecord(fields: readonly string[], positions: readonly number[], values: readonly CrmValue[]): CrmRecord {
  const record: Record<string, CrmValue> = {};
  for (let index = 0; index < fields.length; index += 1) {
    record[fields[index] as string] = values[positions[index] as number] ?? null;
  }
  return record;
}
