import { OrgError } from '../../data/org-error.ts';
import { makeId } from '../../data/ids.ts';
import type { OrgClock } from '../../data/org-clock.ts';
import type { QueryResult } from '../../data/types.ts';

const LIFETIME_MILLISECONDS = 2 * 24 * 60 * 60 * 1000;
const KEY_PREFIX = '0r8';
const NO_MORE_GROUPS =
  'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch';

/** Lists of children that may be open of all users. */
const MOST_CHILD_LISTS = 10_000;

type OpenQuery = {
  readonly userId: string;
  readonly result: QueryResult;
  readonly openedAt: number;
  readonly ofChildren: boolean;
};

/** Queries whose pages have not all been fetched. A locator belongs to its user and lives two days by the org's clock. */
export class QueryLocators {
  readonly #clock: OrgClock;
  readonly #open = new Map<string, OpenQuery>();
  readonly #mostChildLists: number;
  #sequence = 0;

  constructor(clock: OrgClock, mostChildLists = MOST_CHILD_LISTS) {
    this.#clock = clock;
    this.#mostChildLists = mostChildLists;
  }

  /** Keeps a query and returns its locator; beyond `most` the user's oldest one is dropped. Groups have one page. */
  open(userId: string, result: QueryResult, most: number): string {
    if (result.kind === 'aggregate') throw new OrgError('EXCEEDED_ID_LIMIT', NO_MORE_GROUPS, 400);
    for (const [old, query] of this.#open) if (!this.#isAlive(query)) this.#open.delete(old);
    this.#makeRoom(most, (query) => query.userId === userId && !query.ofChildren);
    return this.#keep({ userId, result, openedAt: this.#clock.now(), ofChildren: false });
  }

  /** Keeps the children of one record, which do not count among the queries of the user; the oldest make room. */
  openChildren(userId: string, result: QueryResult): string {
    if (this.#open.size >= this.#mostChildLists) this.#makeRoom(this.#mostChildLists, (query) => query.ofChildren);
    return this.#keep({ userId, result, openedAt: this.#clock.now(), ofChildren: true });
  }

  /** Drops the oldest of some queries until one more than now makes `most`. */
  #makeRoom(most: number, isOne: (query: OpenQuery) => boolean): void {
    const held = [...this.#open].filter(([, query]) => isOne(query));
    for (const [locator] of held.slice(0, Math.max(0, held.length - most + 1))) this.#open.delete(locator);
  }

  #keep(query: OpenQuery): string {
    const locator = makeId(KEY_PREFIX, ++this.#sequence);
    this.#open.set(locator, query);
    return locator;
  }

  get(userId: string, locator: string): QueryResult {
    const query = this.#open.get(locator);
    if (!query || !this.#isAlive(query) || query.userId !== userId) {
      throw new OrgError('INVALID_QUERY_LOCATOR', 'invalid query locator', 400);
    }
    return query.result;
  }

  #isAlive({ openedAt }: OpenQuery): boolean {
    return this.#clock.now() - openedAt <= LIFETIME_MILLISECONDS;
  }

  /** How many queries are held, of all users. */
  get size(): number {
    return this.#open.size;
  }
}
