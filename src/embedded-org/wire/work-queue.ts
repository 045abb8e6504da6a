/** Runs pieces of work one after the other; one that fails is reported, and the next one has its turn all the same. */
export class WorkQueue {
  readonly #reportFault: (error: unknown) => void;
  #last: Promise<void> = Promise.resolve();

  constructor(reportFault: (error: unknown) => void) {
    this.#reportFault = reportFault;
  }

  add(work: () => void | Promise<void>): void {
    this.#last = this.#last.then(work).catch(this.#reportFault);
  }

  /** Waits until all that was added has had its turn. */
  async finish(): Promise<void> {
    await this.#last;
  }
}
