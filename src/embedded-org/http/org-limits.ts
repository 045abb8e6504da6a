import type { OrgClock } from '../data/org-clock.ts';
import { OrgError } from '../data/org-error.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** What a Developer Edition org starts with; tests set other values. */
const DEFAULT_MAXIMA = {
  DailyApiRequests: 15_000,
  DailyBulkApiBatches: 15_000,
  DailyBulkV2QueryFileStorageMB: 976_562,
  DailyBulkV2QueryJobs: 10_000,
  DailyDeliveredPlatformEvents: 10_000,
  DailyWorkflowEmails: 15,
  DataStorageMB: 1_024,
  DurableStreamingApiConcurrentClients: 20,
  FileStorageMB: 1_024,
  HourlyODataCallout: 1_000,
  MassEmail: 10,
  SingleEmail: 15,
} as const;

export type LimitName = keyof typeof DEFAULT_MAXIMA;

export type LimitState = { readonly Max: number; readonly Remaining: number };

/** Counts what is rationed over a rolling day by the org's clock, in buckets of a minute, and refuses what exceeds it. */
export class OrgLimits {
  readonly #clock: OrgClock;
  readonly #maxima = new Map<string, number>(Object.entries(DEFAULT_MAXIMA));
  readonly #buckets = new Map<string, Map<number, number>>();

  constructor(clock: OrgClock) {
    this.#clock = clock;
  }

  max(name: LimitName): number {
    return this.#maxima.get(name) ?? 0;
  }

  used(name: LimitName): number {
    const buckets = this.#buckets.get(name);
    if (!buckets) return 0;
    const oldest = Math.floor((this.#clock.now() - DAY) / MINUTE);
    let total = 0;
    for (const [minute, amount] of buckets) {
      if (minute <= oldest) buckets.delete(minute);
      else total += amount;
    }
    return total;
  }

  /** Counts one REST call; throws REQUEST_LIMIT_EXCEEDED, without counting, when none is left. */
  countRequest(): void {
    this.consume('DailyApiRequests', 1, 'TotalRequests Limit exceeded.');
  }

  /** Counts what is about to be used; throws, without counting, when it is more than is left. */
  consume(name: LimitName, amount: number, refusal: string, code = 'REQUEST_LIMIT_EXCEEDED'): void {
    if (this.used(name) + amount > this.max(name)) throw new OrgError(code, refusal, 403);
    const minute = Math.floor(this.#clock.now() / MINUTE);
    const buckets = this.#buckets.get(name) ?? new Map<number, number>();
    buckets.set(minute, (buckets.get(minute) ?? 0) + amount);
    this.#buckets.set(name, buckets);
  }

  /** Sets a limit's maximum and, if given, how much of it counts as used from now on. */
  set(name: LimitName, max: number, used?: number): void {
    this.#maxima.set(name, max);
    if (used !== undefined) this.#buckets.set(name, new Map([[Math.floor(this.#clock.now() / MINUTE), used]]));
  }

  isLimit(name: string): name is LimitName {
    return this.#maxima.has(name);
  }

  /** The body of `/limits`. */
  all(): Record<string, LimitState> {
    const names = [...this.#maxima.keys()] as LimitName[];
    return Object.fromEntries(
      names.map((name) => [name, { Max: this.max(name), Remaining: Math.max(0, this.max(name) - this.used(name)) }]),
    );
  }
}
