/**
 * The org's time in epoch milliseconds: runs with the machine until a test sets it.
 *
 * A set clock stands still until it is set again or `advance`d, so that stamps in a test are exact; `run` lets it go on
 * from where it stands. Everything the org stamps (system fields, history, jobs, sessions) reads this clock.
 */
export class OrgClock {
  #offset = 0;
  #frozenAt: number | undefined;
  #lag = 0;

  now(): number {
    return this.#frozenAt ?? Date.now() + this.#offset;
  }

  /** Now with the one-second precision that Salesforce stamps have. */
  stamp(): number {
    return Math.floor((this.now() - this.#lag) / 1000) * 1000;
  }

  /** Runs `work` with stamps of an earlier instant, as a transaction has that began then and commits only now. */
  lagging<Result>(milliseconds: number, work: () => Result): Result {
    const before = this.#lag;
    this.#lag = milliseconds;
    try {
      return work();
    } finally {
      this.#lag = before;
    }
  }

  freezeAt(instant: number): void {
    this.#frozenAt = instant;
  }

  advance(milliseconds: number): void {
    if (this.#frozenAt === undefined) this.#offset += milliseconds;
    else this.#frozenAt += milliseconds;
  }

  /** Lets a frozen clock run on from its instant. */
  run(): void {
    if (this.#frozenAt === undefined) return;
    this.#offset = this.#frozenAt - Date.now();
    this.#frozenAt = undefined;
  }

  /** Runs `work` in the past: it may freeze the clock as it likes, and the clock then goes on as if nothing had been. */
  replay<Result>(work: () => Result): Result {
    const [offset, frozenAt] = [this.#offset, this.#frozenAt];
    try {
      return work();
    } finally {
      this.#offset = offset;
      this.#frozenAt = frozenAt;
    }
  }
}
