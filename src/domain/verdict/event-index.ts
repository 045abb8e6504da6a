import type { TimelineEvent } from '../timeline/timeline.ts';
import type { EventFilter } from './event-filter.ts';
import type { Judgement } from './judgement.ts';

/** Fewer events than this are looked at one by one in less time than an index of them takes to build. */
const worthwhile = 64;

/**
 * The events of a fact in the order of time, so that a person with many events is not looked through at every instant.
 *
 * Goes by the identity of the list: a list that is given again may have grown at its end, and must be the same otherwise.
 */
export class EventIndex {
  readonly #filter: EventFilter;
  #events: readonly TimelineEvent[] = [];
  #read = 0;
  #matching: TimelineEvent[] = [];
  #begin = 0;
  #end = 0;

  constructor(filter: EventFilter) {
    this.#filter = filter;
  }

  /**
   * Finds the events that count at `now` and notes when others will; false, and nothing is noted, where there are so few
   * events that each should be looked at.
   */
  find(events: readonly TimelineEvent[], now: number, judgement: Judgement): boolean {
    if (events.length < worthwhile) return false;
    this.#take(events);
    const { within } = this.#filter;
    this.#end = this.#after(now);
    this.#begin = within === Infinity ? 0 : this.#after(now - within);
    const next = this.#matching[this.#end];
    if (next) judgement.changesAt(next.at);
    const oldest = this.#matching[this.#begin];
    if (oldest && this.#begin < this.#end) judgement.changesAt(oldest.at + within);
    return true;
  }

  /** How many events were found. */
  get count(): number {
    return this.#end - this.#begin;
  }

  /** When the latest event that was found happened; -Infinity where there is none. */
  get latestAt(): number {
    return this.count > 0 ? (this.#matching[this.#end - 1] as TimelineEvent).at : -Infinity;
  }

  /** The events that were found. */
  found(): readonly TimelineEvent[] {
    return this.#matching.slice(this.#begin, this.#end);
  }

  #take(events: readonly TimelineEvent[]): void {
    if (events !== this.#events || events.length < this.#read) {
      this.#events = events;
      this.#read = 0;
      this.#matching = [];
    }
    const { kind, matches } = this.#filter;
    let inOrder = true;
    for (; this.#read < events.length; this.#read++) {
      const event = events[this.#read] as TimelineEvent;
      if (event.kind !== kind || !matches(event)) continue;
      inOrder &&= (this.#matching.at(-1)?.at ?? -Infinity) <= event.at;
      this.#matching.push(event);
    }
    if (!inOrder) this.#matching.sort((a, b) => a.at - b.at);
  }

  /** Position of the first event after an instant. */
  #after(at: number): number {
    let low = 0;
    let high = this.#matching.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#matching[middle] as TimelineEvent).at <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
