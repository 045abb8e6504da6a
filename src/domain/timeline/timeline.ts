/** A value of a fact: `undefined` is unknown (blank, missing or not readable), which is never the same as zero or false. */
export type FactValue = string | number | boolean | undefined;

export type EventKind = 'activity' | 'response';

/**
 * Something that happened with a person at an instant.
 *
 * `activity` is a completed Task or an Event that has ended; `response` is a CampaignMember that has responded.
 * `attributes` hold what a `where` may test, in lower-case names: an activity has `type`, `subtype` and
 * `status`, a response `type`, `status` and `campaign`.
 */
export type TimelineEvent = {
  readonly kind: EventKind;
  /** Record it comes from, the evidence in a receipt. */
  readonly recordId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly attributes: Readonly<Record<string, string | number | boolean | null>>;
};

/** All that is known of one person: the fields of today and the events so far, in any order. */
export type Timeline = {
  readonly personId: string;
  readonly object: 'Lead';
  /** Field API name → value; null is blank, an absent key is a field that could not be read. */
  readonly fields: Readonly<Record<string, string | number | boolean | null>>;
  readonly events: readonly TimelineEvent[];
  /** Kinds of event that could not be read: what counts them is unknown, not zero. */
  readonly unread?: readonly EventKind[];
};
