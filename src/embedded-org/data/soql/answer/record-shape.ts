import type { ColumnMetadata, FieldDef, OutputRow, Schema } from '../../types.ts';
import { recordUrl, toWire } from '../../values.ts';
import type { ChildRows } from './child-rows.ts';

export type RawRow = readonly (string | number | bigint | null)[];

/** What one key of a record is made of. */
export type Entry =
  | { readonly kind: 'field'; readonly key: string; readonly index: number; readonly field: FieldDef }
  | { readonly kind: 'parent'; readonly key: string; readonly node: RecordNode }
  | {
      readonly kind: 'variants';
      readonly key: string;
      readonly idIndex: number;
      readonly nodes: ReadonlyMap<string, RecordNode>;
      readonly otherwise: RecordNode | undefined;
    }
  | { readonly kind: 'children'; readonly key: string; readonly load: LoadChildren };

/** Reads the children of a page of parents, by parent id, at most so many of each. */
export type LoadChildren = (parentIds: readonly string[], limit: number) => ReadonlyMap<string, ChildRows>;

/** A record or parent record in the answer: where its id is found in a row and what it shows, in the query's order. */
export type RecordNode = {
  /** Object name, or `Name` for a polymorphic parent. */
  readonly typeName: string;
  readonly idIndex: number;
  readonly entries: Entry[];
};

/** What a SELECT of records reads: its SQL columns, how they become records, and how they are described. */
export type PlannedRecords = {
  readonly root: RecordNode;
  readonly selected: readonly string[];
  readonly columns: readonly ColumnMetadata[];
};

/** Turns rows of a statement into records as clients get them. */
export class RecordReader {
  readonly #schema: Schema;
  readonly #apiVersion: number;

  constructor(schema: Schema, apiVersion: number) {
    this.#schema = schema;
    this.#apiVersion = apiVersion;
  }

  /** The records of rows, with at most so many children in each list. */
  readAll(node: RecordNode, rows: readonly RawRow[], childLimit = Infinity): OutputRow[] {
    const ids = rows.map((row) => String(row[node.idIndex]));
    const children = new Map(
      node.entries.flatMap((entry) =>
        entry.kind === 'children' ? [[entry.key, entry.load(ids, childLimit)] as const] : [],
      ),
    );
    return rows.map((row) => this.#readRecord(node, row, children));
  }

  #readRecord(node: RecordNode, row: RawRow, children: ReadonlyMap<string, ReadonlyMap<string, ChildRows>>): OutputRow {
    const id = String(row[node.idIndex]);
    const record: OutputRow = { attributes: this.#attributes(node, id) };
    const values = record as Record<string, unknown>;
    for (const entry of node.entries) {
      if (entry.kind === 'field') values[entry.key] = toWire(row[entry.index], entry.field);
      else if (entry.kind === 'parent') values[entry.key] = this.#readParent(entry.node, row);
      else if (entry.kind === 'variants') values[entry.key] = this.#readVariant(entry, row);
      else values[entry.key] = children.get(entry.key)?.get(id) ?? null;
    }
    return record;
  }

  #readParent(node: RecordNode, row: RawRow): OutputRow | null {
    return row[node.idIndex] === null ? null : this.#readRecord(node, row, new Map());
  }

  #readVariant(entry: Extract<Entry, { kind: 'variants' }>, row: RawRow): OutputRow | null {
    const id = row[entry.idIndex];
    const node = typeof id === 'string' ? (entry.nodes.get(id.slice(0, 3)) ?? entry.otherwise) : undefined;
    return node === undefined ? null : this.#readParent(node, row);
  }

  #attributes(node: RecordNode, id: string): OutputRow['attributes'] {
    const objectName =
      node.typeName === 'Name' ? (this.#schema.byPrefix(id.slice(0, 3))?.name ?? 'Name') : node.typeName;
    return { type: node.typeName, url: recordUrl(objectName, id, this.#apiVersion) };
  }
}
