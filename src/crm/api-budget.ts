import { type ApiUsage, PortError } from '../app/ports.ts';

/** How long a known usage is believed before one call is let through to learn the current one. */
const believedFor = 5 * 60_000;

/** Watches the org's daily API calls, so that Accord never takes the last of them from everybody else. */
export class ApiBudget {
  readonly #maxShare: number;
  readonly #now: () => number;
  #usage: ApiUsage | undefined;
  #seenAt = 0;

  constructor(maxShare: number, now: () => number) {
    this.#maxShare = maxShare;
    this.#now = now;
  }

  usage(): ApiUsage | undefined {
    return this.#usage;
  }

  /** Learns from the `Sforce-Limit-Info` header of an answer, e.g. `api-usage=18/15000`. */
  learn(header: string | null): void {
    const match = /(?:^|[^-])api-usage=(\d+)\/(\d+)/.exec(header ?? '');
    if (!match) return;
    this.#usage = { used: Number(match[1]), limit: Number(match[2]) };
    this.#seenAt = this.#now();
  }

  /** Throws PortError('limit') while the share is used up; the usage sinks by itself, since it counts the last 24 hours. */
  check(): void {
    const usage = this.#usage;
    if (!usage || usage.used < usage.limit * this.#maxShare) return;
    const againAt = this.#seenAt + believedFor;
    if (this.#now() >= againAt) return;
    const share = `${usage.used} of ${usage.limit} API calls of the last 24 hours, more than ${Math.round(this.#maxShare * 100)} %`;
    throw new PortError('limit', `The org has used ${share}: Accord asks again at ${new Date(againAt).toISOString()}`);
  }
}
