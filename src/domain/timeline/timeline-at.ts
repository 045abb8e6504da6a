import { baseTimeline, FieldRecord } from './field-record.ts';
import type { PersonHistory, Timeline } from './timeline.ts';

/**
 * What was known of a person at an instant: the values of then, and the events up to then.
 *
 * Values are found by undoing changes, so a field without a history has the value of today.
 */
export function timelineAt(history: PersonHistory, at: number): Timeline {
  const record = new FieldRecord(history);
  record.forwardTo(at);
  const { fields, related, owner } = record;
  const { previous } = history;
  return {
    ...baseTimeline(history),
    fields,
    ...(related && { related }),
    ...(owner && { owner }),
    ...(previous && previous.since <= at && { previous }),
    events: history.events.filter((event) => event.at <= at),
  };
}
