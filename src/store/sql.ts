/** What a column can hold. Booleans are 0 and 1: SQLite has no type for them. */
export type SqlValue = string | number | null;

/** A statement that a batch runs once a row. `take` picks the cells that become `$1`, `$2`, …; absent takes them all. */
export type BatchStatement = { readonly text: string; readonly take?: readonly number[] };

/** Parameters of a batch, one list a row. */
export type BatchRows = {
  readonly rows: readonly (readonly (SqlValue | boolean)[])[];
  /** Positions that hold booleans, which are stored as 0 and 1. */
  readonly booleans?: readonly number[];
};

/**
 * The one seam between repositories and a database: SQLite and PostgreSQL run the same text with `$n` parameters.
 *
 * A statement is atomic by itself, and so is a batch. Work that needs several runs inside `atomic`.
 */
export interface Sql {
  query<Row>(text: string, params?: readonly SqlValue[]): Promise<readonly Row[]>;
  /**
   * Runs every statement for every row and returns how many rows the first statement changed.
   *
   * A lazy batch may be committed together with later ones. It is always committed before any other statement, so what
   * is on disk is at every instant all that was answered for up to some point, and nothing from after that point.
   */
  batch(statements: readonly BatchStatement[], rows: BatchRows, options?: { readonly lazy: boolean }): Promise<number>;
  /** Runs `work` in one transaction, or in the one that is open around it. */
  atomic<T>(work: () => Promise<T>): Promise<T>;
  /** True while the caller is inside `atomic`. */
  inTransaction(): boolean;
}
