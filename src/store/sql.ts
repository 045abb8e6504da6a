import type { PackedRows } from '../app/ports.ts';

/** What a column can hold. Booleans are 0 and 1: SQLite has no type for them. */
export type SqlValue = string | number | null;

/** A statement that a batch runs once a row. `take` picks the cells that become `$1`, `$2`, …; absent takes them all. */
export type BatchStatement = { readonly text: string; readonly take?: readonly number[] };

/** Parameters of a batch, one list a row. */
export type BatchRows = readonly (readonly SqlValue[])[];

/**
 * The one seam between repositories and a database: SQLite and PostgreSQL run the same text with `$n` parameters.
 *
 * A statement is atomic by itself, and so is a batch. Work that needs several runs inside `atomic`.
 */
export interface Sql {
  query<Row>(text: string, params?: readonly SqlValue[]): Promise<readonly Row[]>;
  /** Runs every statement for every row and returns how many rows the first statement changed. */
  batch(statements: readonly BatchStatement[], rows: BatchRows): Promise<number>;
  /**
   * A batch of packed rows. The cells of a row are its first value, which is its id, its text, and its value at `also`.
   *
   * It may be committed together with later ones, and is always committed before any other statement, so what is on disk
   * is at every instant all that was answered for up to some point, and nothing from after that point.
   */
  load(statements: readonly BatchStatement[], rows: PackedRows, also?: number): Promise<number>;
  /** Runs `work` in one transaction, or in the one that is open around it. */
  atomic<T>(work: () => Promise<T>): Promise<T>;
  /** True while the caller is inside `atomic`. */
  inTransaction(): boolean;
}

/** A database that also runs statements without parameters, several at once: migrations and tables of the mirror. */
export interface SqlDatabase extends Sql {
  exec(text: string): Promise<void>;
}
