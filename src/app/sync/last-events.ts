import type { Agreement } from '../../domain/agreement/schema.ts';
import type { Scalar, Timeline, TimelineEvent } from '../../domain/timeline/timeline.ts';
import { eventFilter } from '../../domain/verdict/event-filter.ts';
import { toSeconds } from './lead-states.ts';

/** One of the last things that happened with a person, for everyone who sees the lead. */
export type LastEvent = { readonly kind: string; readonly title: string; readonly at: string };

const shown = 5;
const longestTitle = 80;

/**
 * The last five events up to now as JSON, the latest first.
 *
 * Leaves out what a restricted fact is about, so that nobody can tell from here what that fact says, and what Accord did
 * itself: stages and hand-offs, which their own records tell.
 */
export function lastEvents(agreement: Agreement, { events }: Timeline, now: number): string {
  const isShared = sharedTest(agreement);
  const past = events.filter((event) => isTold(event) && event.at <= now && isShared(event));
  const last = past.toSorted((a, b) => b.at - a.at || (a.recordId < b.recordId ? -1 : 1)).slice(0, shown);
  return JSON.stringify(
    last.map((event): LastEvent => {
      const title = titleOf(event).slice(0, longestTitle);
      return { kind: event.kind, title, at: toSeconds(event.at) };
    }),
  );
}

const isTold = ({ kind }: TimelineEvent): boolean => kind !== 'stage' && kind !== 'hand-off';

function sharedTest({ facts, groups, timeZone }: Agreement): (event: TimelineEvent) => boolean {
  const restricted = Object.values(facts).flatMap((fact) =>
    fact.restricted ? (eventFilter(fact, { groups, timeZone }) ?? []) : [],
  );
  return (event) => !restricted.some(({ kind, matches }) => kind === event.kind && matches(event));
}

function titleOf({ kind, attributes }: TimelineEvent): string {
  const text = (value: Scalar | undefined): string | undefined =>
    typeof value === 'string' && value !== '' ? value : undefined;
  const words = {
    signal: () => text(attributes['name']) ?? text(attributes['path']) ?? text(attributes['type']),
    activity: () => text(attributes['type']),
    response: () => text(attributes['campaign']) ?? text(attributes['status']) ?? 'campaign response',
  };
  const written = (kind in words ? words[kind as keyof typeof words]() : undefined) ?? kind;
  return written.charAt(0).toUpperCase() + written.slice(1);
}
