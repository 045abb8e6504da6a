import type { OrgClock } from './org-clock.ts';

/**
 * Records that another transaction holds, each until an instant of the org's clock.
 *
 * Calls run one after the other, so that nobody ever waits for a lock here; what is put in here makes writes meet one.
 */
export class RowLocks {
  readonly #clock: OrgClock;
  readonly #until = new Map<string, number>();

  constructor(clock: OrgClock) {
    this.#clock = clock;
  }

  /** Locks records, given by 18-character ids, for so many milliseconds. */
  lock(ids: readonly string[], milliseconds: number): void {
    for (const id of ids) this.#until.set(id, this.#clock.now() + milliseconds);
  }

  isLocked(id: string): boolean {
    const until = this.#until.get(id);
    if (until === undefined) return false;
    if (until > this.#clock.now()) return true;
    this.#until.delete(id);
    return false;
  }

  clear(): void {
    this.#until.clear();
  }
}
