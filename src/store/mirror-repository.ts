import { type CrmRecord, type CrmValue, type MirrorStore, PortError } from '../app/ports.ts';
import { quoteIdentifier } from './identifier.ts';
import { inSlices, parameters } from './in-slices.ts';
import { findBooleans, toRecords } from './mirror-values.ts';
import { addMirrorColumn, createMirrorTable, markSeen, mirrorTable, upsertMirrorRow } from './mirror-table.ts';
import type { BatchStatement, SqlValue } from './sql.ts';
import type { SqliteSql } from './sqlite-sql.ts';

type Fields = { readonly known: Set<string>; readonly booleans: Set<string> };

/** Stores a copy of CRM records, one table an object and one column a field. */
export class MirrorRepository implements MirrorStore {
  readonly #sql: SqliteSql;
  readonly #fields = new Map<string, Fields>();
  readonly #indexed = new Set<string>();
  /** Objects of which a full read is under way; true where rows seen must be marked. */
  readonly #sweeping = new Map<string, boolean>();

  constructor(sql: SqliteSql) {
    this.#sql = sql;
  }

  async prepare(object: string, fields: readonly string[]): Promise<readonly string[]> {
    const { known } = await this.#fieldsOf(object);
    const added = [...new Set(fields)].filter((field) => field !== 'Id' && !known.has(field));
    const statements = added.map((field) => addMirrorColumn(object, field));
    await this.#sql.atomic(async () => {
      await this.#sql.exec([createMirrorTable(object), ...statements].join(';\n'));
      for (const field of ['Id', ...added]) {
        await this.#sql.query(
          'insert into mirror_field (object, field) values ($1, $2) on conflict (object, field) do nothing',
          [object, field],
        );
      }
    });
    this.#fields.delete(object);
    return added;
  }

  async save(object: string, columns: readonly string[], rows: readonly (readonly CrmValue[])[]): Promise<number> {
    if (rows.length === 0) return 0;
    const fields = await this.#fieldsOf(object);
    const idAt = checkColumns(object, columns, fields);
    const booleans = findBooleans(columns.length, rows);
    const statements: BatchStatement[] = [{ text: upsertMirrorRow(object, columns) }];
    if (this.#sweeping.get(object)) statements.push({ text: markSeen(object), take: [idAt] });
    const newBooleans = booleans.map((index) => columns[index] as string).filter((name) => !fields.booleans.has(name));
    if (newBooleans.length === 0) return this.#sql.batch(statements, { rows, booleans }, { lazy: true });
    return this.#sql.atomic(async () => {
      await this.#markBooleans(object, newBooleans);
      return this.#sql.batch(statements, { rows, booleans });
    });
  }

  async remove(object: string, ids: readonly string[]): Promise<void> {
    await this.#prepared(object);
    await this.#sql.batch([{ text: `delete from ${mirrorTable(object)} where "Id" = $1` }], {
      rows: ids.map((id) => [id]),
    });
  }

  async get(object: string, ids: readonly string[]): Promise<readonly CrmRecord[]> {
    return this.#select(object, 'Id', ids);
  }

  async page(object: string, afterId: string, limit: number): Promise<readonly CrmRecord[]> {
    const { booleans } = await this.#prepared(object);
    const text = `select * from ${mirrorTable(object)} where "Id" > $1 order by "Id" limit $2`;
    return toRecords(await this.#sql.query<Record<string, SqlValue>>(text, [afterId, limit]), booleans);
  }

  /** Builds the index on first use: a load into an indexed table takes a third longer. */
  async children(object: string, field: string, parentIds: readonly string[]): Promise<readonly CrmRecord[]> {
    const index = `"mirror_${object}_by_${field}"`;
    if (!this.#indexed.has(index)) {
      const { known } = await this.#prepared(object);
      if (!known.has(field))
        throw new PortError('bug', `The mirror of ${object} has no field ${field}: prepare it first`);
      await this.#sql.exec(
        `create index if not exists ${index} on ${mirrorTable(object)} (${quoteIdentifier(field)}) where ${quoteIdentifier(field)} is not null`,
      );
      this.#indexed.add(index);
    }
    return this.#select(object, field, parentIds);
  }

  async count(object: string): Promise<number> {
    await this.#prepared(object);
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
    const unseen = `where not exists (select 1 from mirror_seen where object = $1 and id = ${mirrorTable(object)}."Id")`;
    const removed = await this.#sql.atomic(async () => {
      const rows = await this.#sql.query<{ Id: string }>(
        `delete from ${mirrorTable(object)} ${unseen} returning "Id"`,
        [object],
      );
      await this.#sql.query('delete from mirror_seen where object = $1', [object]);
      return rows;
    });
    return removed.map((row) => row.Id);
  }

  async #select(object: string, field: string, values: readonly string[]): Promise<readonly CrmRecord[]> {
    const { booleans } = await this.#prepared(object);
    const found: CrmRecord[] = [];
    for (const slice of inSlices(values)) {
      const text = `select * from ${mirrorTable(object)} where ${quoteIdentifier(field)} in (${parameters(slice.length)})`;
      found.push(...toRecords(await this.#sql.query<Record<string, SqlValue>>(text, slice), booleans));
    }
    return found;
  }

  async #markBooleans(object: string, names: readonly string[]): Promise<void> {
    for (const name of names) {
      await this.#sql.query('update mirror_field set is_boolean = 1 where object = $1 and field = $2', [object, name]);
    }
    this.#fields.delete(object);
  }

  async #prepared(object: string): Promise<Fields> {
    const fields = await this.#fieldsOf(object);
    if (!fields.known.has('Id')) throw new PortError('bug', `The mirror of ${object} was not prepared`);
    return fields;
  }

  async #fieldsOf(object: string): Promise<Fields> {
    const known = this.#fields.get(object);
    if (known) return known;
    const rows = await this.#sql.query<{ field: string; is_boolean: number }>(
      'select field, is_boolean from mirror_field where object = $1',
      [object],
    );
    const fields = {
      known: new Set(rows.map((row) => row.field)),
      booleans: new Set(rows.filter((row) => row.is_boolean === 1).map((row) => row.field)),
    };
    this.#fields.set(object, fields);
    return fields;
  }
}

function checkColumns(object: string, columns: readonly string[], { known }: Fields): number {
  const unknown = columns.filter((column) => !known.has(column));
  if (unknown.length > 0)
    throw new PortError('bug', `The mirror of ${object} has no field ${unknown.join(', ')}: prepare it first`);
  const idAt = columns.indexOf('Id');
  if (idAt < 0) throw new PortError('bug', `Rows of ${object} cannot be saved without their Id`);
  return idAt;
}
