import { type CrmRecord, type MirrorStore, type PackedRows, PortError, type ValueRows } from '../app/ports.ts';
import { packRows, unpackRows } from '../app/ports/packed-rows.ts';
import { inSlices, parameters } from './in-slices.ts';
import { type Layout, MirrorLayouts, sameFields, type StoredRow } from './mirror-layout.ts';
import { createMirrorTable, createParentIndex, markSeen, mirrorTable, upsertMirrorRow } from './mirror-table.ts';
import type { BatchStatement, SqlDatabase } from './sql.ts';

/** Stores a copy of CRM records, one table an object and one text a record. */
export class MirrorRepository implements MirrorStore {
  readonly #sql: SqlDatabase;
  readonly #layouts: MirrorLayouts;
  readonly #indexed = new Set<string>();
  /** Objects of which a full read is under way; true where rows seen must be marked. */
  readonly #sweeping = new Map<string, boolean>();

  constructor(sql: SqlDatabase) {
    this.#sql = sql;
    this.#layouts = new MirrorLayouts(sql);
  }

  async prepare(object: string, fields: readonly string[], parent?: string): Promise<readonly string[]> {
    const wanted = [...new Set(['Id', ...fields])];
    if (parent !== undefined && !wanted.includes(parent))
      throw new PortError('bug', `The parent ${parent} is not among the fields of ${object}`);
    return this.#sql.atomic(async () => {
      await this.#sql.exec(createMirrorTable(object));
      const before = (await this.#layouts.all(object)).at(-1);
      await this.#layouts.use(object, wanted, parent);
      const filled = before && (parent === undefined || before.parent === parent) ? before.fields : [];
      return wanted.filter((field) => field !== 'Id' && !filled.includes(field));
    });
  }

  async save(object: string, columns: readonly string[], rows: PackedRows | ValueRows): Promise<number> {
    const layout = await this.#layouts.inUse(object);
    checkColumns(object, columns, layout);
    const packed = arrange(rows, columns, layout.fields);
    const parentAt = layout.parent === undefined ? undefined : layout.fields.indexOf(layout.parent);
    const statements: BatchStatement[] = [{ text: upsertMirrorRow(object, layout.number, parentAt !== undefined) }];
    if (this.#sweeping.get(object)) statements.push({ text: markSeen(object), take: [0] });
    return this.#sql.load(statements, packed, parentAt);
  }

  async remove(object: string, ids: readonly string[]): Promise<void> {
    await this.#layouts.inUse(object);
    const text = `delete from ${mirrorTable(object)} where id = $1`;
    await this.#sql.batch(
      [{ text }],
      ids.map((id) => [id]),
    );
  }

  async get(object: string, ids: readonly string[]): Promise<readonly CrmRecord[]> {
    await this.#layouts.inUse(object);
    return this.#select(object, 'id', ids);
  }

  async page(object: string, afterId: string, limit: number): Promise<readonly CrmRecord[]> {
    await this.#layouts.inUse(object);
    const text = `select id, layout, row from ${mirrorTable(object)} where id > $1 order by id limit $2`;
    return this.#layouts.toRecords(object, await this.#sql.query<StoredRow>(text, [afterId, limit]));
  }

  async children(object: string, field: string, parentIds: readonly string[]): Promise<readonly CrmRecord[]> {
    const { parent } = await this.#layouts.inUse(object);
    if (parent !== field) throw new PortError('bug', `The mirror of ${object} was not prepared with parent ${field}`);
    if (!this.#indexed.has(object)) {
      await this.#sql.exec(createParentIndex(object));
      if (!this.#sql.inTransaction()) this.#indexed.add(object);
    }
    return this.#select(object, 'parent', parentIds);
  }

  async cuts(object: string, size: number): Promise<readonly string[]> {
    await this.#layouts.inUse(object);
    const numbered = `select id, row_number() over (order by id) as n from ${mirrorTable(object)}`;
    const text = `select id from (${numbered}) as numbered where n % $1 = 0 order by id`;
    return (await this.#sql.query<{ id: string }>(text, [size])).map((row) => row.id);
  }

  async count(object: string): Promise<number> {
    await this.#layouts.inUse(object);
    const rows = await this.#sql.query<{ n: number }>(`select count(*) as n from ${mirrorTable(object)}`);
    return rows[0]?.n ?? 0;
  }

  /** A mirror that is empty can hold nothing that the read will not see, so the first read of all marks nothing. */
  async beginSweep(object: string): Promise<void> {
    const empty = (await this.page(object, '', 1)).length === 0;
    await this.#sql.query('delete from mirror_seen where object = $1', [object]);
    this.#sweeping.set(object, !empty);
  }

  async endSweep(object: string): Promise<readonly string[]> {
    const marked = this.#sweeping.get(object);
    if (marked === undefined) throw new PortError('bug', `No full read of ${object} has begun`);
    this.#sweeping.delete(object);
    if (!marked) return [];
    const unseen = `where not exists (select 1 from mirror_seen where object = $1 and id = ${mirrorTable(object)}.id)`;
    const removed = await this.#sql.atomic(async () => {
      const text = `delete from ${mirrorTable(object)} ${unseen} returning id`;
      const rows = await this.#sql.query<{ id: string }>(text, [object]);
      await this.#sql.query('delete from mirror_seen where object = $1', [object]);
      return rows;
    });
    return removed.map((row) => row.id);
  }

  async #select(object: string, column: 'id' | 'parent', values: readonly string[]): Promise<readonly CrmRecord[]> {
    const found: CrmRecord[] = [];
    for (const slice of inSlices(values)) {
      const text = `select id, layout, row from ${mirrorTable(object)} where ${column} in (${parameters(slice.length)})`;
      found.push(...(await this.#layouts.toRecords(object, await this.#sql.query<StoredRow>(text, slice))));
    }
    return found;
  }
}

/** A row is kept whole or not at all: one without a field would read as if the field were blank. */
function checkColumns(object: string, columns: readonly string[], { fields }: Layout): void {
  if (sameFields(columns, fields)) return;
  const [given, prepared] = [columns.join(', '), fields.join(', ')];
  throw new PortError('bug', `Rows of ${object} with the fields ${given} do not fit the mirror's ${prepared}`);
}

/** Brings rows into the order of the layout, which rows read by the fields prepared have already. */
function arrange(rows: PackedRows | ValueRows, columns: readonly string[], fields: readonly string[]): PackedRows {
  const positions = fields.map((field) => columns.indexOf(field));
  const ordered = positions.every((position, index) => position === index);
  if (ordered) return 'bytes' in rows ? rows : packRows(rows);
  const values = 'bytes' in rows ? unpackRows(rows) : rows;
  return packRows(values.map((row) => positions.map((position) => row[position] ?? null)));
}
