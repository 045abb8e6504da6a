import type { OutputRow, QueryResult } from '../../types.ts';

/** The children of one record as they stand in it: the first of them, and the way to the rest. */
export class ChildRows {
  readonly totalSize: number;
  readonly done: boolean;
  /** Where a client continues; set by whoever hands out locators. */
  nextRecordsUrl?: string;
  readonly records: readonly OutputRow[];
  readonly #all: QueryResult;

  constructor(records: readonly OutputRow[], all: QueryResult) {
    this.totalSize = all.totalSize;
    this.done = records.length >= all.totalSize;
    this.records = records;
    this.#all = all;
  }

  /** Every child, page by page. */
  all(): QueryResult {
    return this.#all;
  }
}

/** The lists of children in rows that do not hold all of them, also those of children. */
export const unfinishedChildren = (rows: readonly OutputRow[]): readonly ChildRows[] =>
  rows.flatMap((row) =>
    Object.values(row).flatMap((value) =>
      value instanceof ChildRows ? [...(value.done ? [] : [value]), ...unfinishedChildren(value.records)] : [],
    ),
  );
