/** A value of a fact: `undefined` is unknown (blank, missing or not readable), which is never the same as zero or false. */
export type FactValue = string | number | boolean | undefined;

/** A value of a field or of an attribute; null is blank. */
export type Scalar = string | number | boolean | null;

/** Objects whose fields facts may read. The last three exist once the lead has been converted. */
export type PersonObject = 'Lead' | 'Contact' | 'Account' | 'Opportunity';

export type EventKind = 'activity' | 'response' | 'signal' | 'stage' | 'hand-off';

/**
 * Something that happened with a person at an instant.
 *
 * `activity` is a completed Task or an Event that has ended; `response` is a CampaignMember that has responded; `signal`
 * is what a buyer did, such as a page view; `stage` is the entry into a stage; `hand-off` is a step of a hand-off.
 * `attributes` hold what a `where` may test, in lower-case names: an activity has `type`, `subtype` and `status`, a
 * response `type`, `status` and `campaign`, a stage `stage` and `from`, a hand-off `status`, `stage` and `reason`, a
 * signal `type`, `name`, `path` and whatever its properties are.
 */
export type TimelineEvent = {
  readonly kind: EventKind;
  /** Record it comes from, the evidence in a receipt. */
  readonly recordId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly attributes: Readonly<Record<string, Scalar>>;
};

/** Field API name → value; null is blank, an absent key is a field that could not be read. */
export type FieldValues = Readonly<Record<string, Scalar>>;

export type RelatedObjects = Readonly<Partial<Record<Exclude<PersonObject, 'Lead'>, FieldValues>>>;

export type Owner = { readonly id: string; readonly kind: 'user' | 'queue'; readonly name?: string };

/** All that is known of one person: the fields of today and the events so far, in any order. */
export type Timeline = {
  readonly personId: string;
  readonly object: 'Lead';
  readonly fields: FieldValues;
  /** Records that the conversion led to; one that is absent does not exist or could not be read: its facts are unknown. */
  readonly related?: RelatedObjects;
  readonly owner?: Owner;
  /** The stage the person is in up to now, which `back: false` and `daysInStage` read. */
  readonly previous?: { readonly stage: string; readonly since: number };
  readonly events: readonly TimelineEvent[];
  /** When a field got its value, by `Lead.Industry`, where the history knows it; evidence only, no rule reads it. */
  readonly fieldTimes?: Readonly<Record<string, number>>;
  /** Kinds of event that could not be read: what counts them is unknown, not zero. */
  readonly unread?: readonly EventKind[];
};

/** One change of a field: from a history object of the CRM, or seen by the service itself. */
export type FieldChange = {
  readonly object: PersonObject;
  readonly field: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly from: Scalar;
  readonly to: Scalar;
};

/** What is known of one person today and how it came about. */
export type PersonHistory = Timeline & {
  readonly createdAt: number;
  /** When the person was deleted or merged into another one. */
  readonly endedAt?: number;
  /** Changes of fields in any order; `OwnerId` of the lead also moves `owner`. */
  readonly changes: readonly FieldChange[];
  /** Since when `related` are this person's: the instant of conversion. Absent where that is not known. */
  readonly relatedSince?: number;
  /** Where the person is known to have stood at an instant, though what led there is not known any more. */
  readonly start?: { readonly at: number; readonly stage: string; readonly since: number };
  /** Earlier and today's owners by id, for what `changes` say of `OwnerId`. */
  readonly owners?: Readonly<Record<string, Owner>>;
};
