import type { Clock } from '../app/ports.ts';

/** An answer that took longer says too little about when the org wrote its date. */
const longestAnswerMs = 10_000;

/** Learns from the `Date` of answers how far the org's clock is ahead of the machine's. */
export class OrgTime {
  readonly #machine: Clock;
  #offset: number | undefined;

  constructor(machine: Clock) {
    this.#machine = machine;
  }

  /** Milliseconds as of the last answer, within a second or so; undefined before the first. */
  get offset(): number | undefined {
    return this.#offset;
  }

  /** Sends a request and learns from its answer. */
  async ask(send: () => Promise<Response>): Promise<Response> {
    const sentAt = this.#machine.now();
    const response = await send();
    const took = this.#machine.now() - sentAt;
    const date = Date.parse(response.headers.get('date') ?? '');
    // A clock that was set back meanwhile, or a machine that slept, would be taken for a difference.
    if (!Number.isNaN(date) && took >= 0 && took <= longestAnswerMs) this.#offset = date - sentAt;
    return response;
  }
}
