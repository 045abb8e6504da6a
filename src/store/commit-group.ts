import type { DatabaseSync } from 'node:sqlite';

/** Rows after which a group is committed, and milliseconds that a group stays open when nothing else happens. */
const rowsHeld = 50_000;
const heldFor = 250;

/**
 * Commits small batches together: each commit waits for the disk, which costs more than a batch of a full read itself.
 *
 * Whoever runs anything else on the database calls `commit` first, so that nothing is ever kept that came after
 * something lost.
 */
export class CommitGroup {
  readonly #db: DatabaseSync;
  #rows = 0;
  #open = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** Runs a batch of so many rows as part of the group; a batch that fails is undone alone. */
  run<T>(rows: number, work: () => T): T {
    if (!this.#open && this.#db.isTransaction) return work();
    this.#begin();
    this.#db.exec('savepoint batch');
    try {
      const result = work();
      this.#db.exec('release batch');
      this.#rows += rows;
      if (this.#rows >= rowsHeld) this.commit();
      return result;
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('rollback to batch; release batch');
      throw error;
    }
  }

  commit(): void {
    if (!this.#open) return;
    clearTimeout(this.#timer);
    this.#open = false;
    this.#rows = 0;
    this.#db.exec('commit');
  }

  #begin(): void {
    if (this.#open) return;
    this.#db.exec('begin immediate');
    this.#open = true;
    this.#timer = setTimeout(() => this.commit(), heldFor);
  }
}
