import { fieldName, objectName } from '../agreement/fact-source.ts';
import type { Scalar, Timeline, TimelineEvent } from '../timeline/timeline.ts';

/** A change of one fact of a person. */
export type Change = {
  readonly fact: string;
  /** Lower is easier; see `changeCosts`. */
  readonly cost: number;
  /** How many events it adds. */
  readonly events: number;
  /** It only tells what nobody knows yet. */
  readonly isAnswer: boolean;
  readonly apply: (timeline: Timeline) => Timeline;
};

/** One more event is easier than a field nobody has filled, that than a field that changes; some things do not change. */
export const changeCosts = { event: 1, nextEvent: 0.01, answer: 2, field: 4, immovable: 1_000 } as const;

/** Where somebody is, how they can be reached and what they allowed is not for a seller to change. */
const immovableFields =
  /^(Country|State|City|PostalCode|Street|Address|Email|Phone|LeadSource|CreatedDate|HasOptedOut|DoNotCall|FirstName|LastName|Name|Company)/;

/** Sets a field, given as `Lead.Industry`. */
export function fieldChange(fact: string, path: string, value: Scalar, current: Scalar | undefined): Change {
  const isAnswer = current === undefined || current === null || current === '';
  const immovable = immovableFields.test(fieldName(path));
  return {
    fact,
    cost: isAnswer ? changeCosts.answer : immovable ? changeCosts.immovable : changeCosts.field,
    events: 0,
    isAnswer,
    apply: (timeline) => withField(timeline, path, value),
  };
}

/** Adds events that happen now. */
export const eventChange = (fact: string, events: readonly TimelineEvent[]): Change => ({
  fact,
  cost: changeCosts.event + Math.min(90, events.length - 1) * changeCosts.nextEvent,
  events: events.length,
  isAnswer: false,
  apply: (timeline) => ({ ...timeline, events: [...timeline.events, ...events] }),
});

export const ownerChange = (fact: string, owner: NonNullable<Timeline['owner']>): Change => ({
  fact,
  cost: changeCosts.field,
  events: 0,
  isAnswer: false,
  apply: (timeline) => ({ ...timeline, owner }),
});

function withField(timeline: Timeline, path: string, value: Scalar): Timeline {
  const field = fieldName(path);
  const object = objectName(path);
  if (object === 'Lead') return { ...timeline, fields: { ...timeline.fields, [field]: value } };
  const { related = {} } = timeline;
  return { ...timeline, related: { ...related, [object]: { ...related[object], [field]: value } } };
}

/** The value of a field, given as `Lead.Industry`; undefined where it is not known or its record does not exist. */
export function fieldOf(timeline: Timeline, path: string): Scalar | undefined {
  const object = objectName(path);
  const fields = object === 'Lead' ? timeline.fields : timeline.related?.[object];
  return fields?.[fieldName(path)];
}
