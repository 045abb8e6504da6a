import { createHash } from 'node:crypto';
import type { OrgClock } from '../../data/org-clock.ts';

type Stamp = { readonly hash: string; readonly changedAt: number };

const SECOND = 1000;

/**
 * Since when each describe has been what it is, for `If-Modified-Since`.
 *
 * A describe counts as changed when it is first seen and whenever its content differs from the last time; as HTTP dates
 * have whole seconds, two different contents never share one.
 */
export class DescribeStamps {
  readonly #clock: OrgClock;
  readonly #stamps = new Map<string, Stamp>();

  constructor(clock: OrgClock) {
    this.#clock = clock;
  }

  changedAt(key: string, content: string): number {
    const hash = createHash('sha1').update(content).digest('base64');
    const last = this.#stamps.get(key);
    if (last?.hash === hash) return last.changedAt;
    const now = Math.floor(this.#clock.now() / SECOND) * SECOND;
    const changedAt = last ? Math.max(now, last.changedAt + SECOND) : now;
    this.#stamps.set(key, { hash, changedAt });
    return changedAt;
  }
}
