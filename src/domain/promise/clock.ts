import type { Interval } from '../calendar/open-intervals.ts';
import type { Episode } from '../hand-off/episode.ts';
import type { Span } from '../replay/replay.ts';
import type { PersonHistory } from '../timeline/timeline.ts';
import type { ClockPromise } from './clock-promise.ts';
import type { WorkTime } from './work-time.ts';

/**
 * How a clock stands: `unproven` where the activity that would show it cannot be seen or waits for the manager, `exempt`
 * where it is measured and not counted.
 */
export type ClockState = 'running' | 'paused' | 'kept' | 'missed' | 'unproven' | 'cancelled' | 'exempt';

/** Why time does not run; `unowned` is the delay of the system, the others are nobody's. */
export type PauseReason = 'buyer-asked-later' | 'owner-away' | 'frozen' | 'agreed' | 'unowned';

export type ClockPause = Interval & { readonly why: PauseReason };

export type ClockNote =
  | { readonly kind: 'late' }
  /** The due time is past, and activity has to be read again before a miss may be told. */
  | { readonly kind: 'awaits-evidence' }
  /** An entry was made too late, or nobody knows by whom: the manager says whether it counts. */
  | { readonly kind: 'awaits-confirmation'; readonly recordId: string }
  | { readonly kind: 'activity-hidden' }
  | { readonly kind: 'new-owner'; readonly ownerId: string }
  /** The calendar was not laid out far enough to tell the due time. */
  | { readonly kind: 'beyond-calendar' };

/** One promise on one hand-off. Instants are epoch milliseconds, delays milliseconds of the calendar's open time. */
export type Clock = {
  readonly promise: string;
  readonly state: ClockState;
  /** What an exempt clock would be. */
  readonly outcome?: 'kept' | 'missed' | 'unproven';
  readonly startedAt: number;
  /** Undefined while a pause has no known end. */
  readonly dueAt: number | undefined;
  /** When what was promised was done, also where that was late. */
  readonly stoppedAt?: number;
  /** Record that shows it. */
  readonly evidence?: string;
  readonly cancelledAt?: number;
  /** Time that is left; 0 once it is used up. */
  readonly remaining: number;
  /** Time on the clock from the due time to the stop, or to now; only where it is late. */
  readonly lateBy?: number;
  /** Touches so far, of a counted promise. */
  readonly counted?: number;
  readonly systemDelay: number;
  /** Owner id → the delay that is this owner's. */
  readonly humanDelay: Readonly<Record<string, number>>;
  readonly pauses: readonly ClockPause[];
  /** Instant of each step of the promise; undefined where it cannot be told. */
  readonly steps: readonly (number | undefined)[];
  /** Next instant at which time alone changes the answer; undefined when it cannot. */
  readonly validUntil: number | undefined;
  readonly notes: readonly ClockNote[];
};

/** What was said about a person that no activity tells. */
export type Remarks = {
  /** When the buyer asked to be contacted later, and from when on. */
  readonly later?: readonly Interval[];
  /** Activity id → whether the manager says that it counts. */
  readonly confirmed?: ReadonlyMap<string, boolean>;
};

export type ClockCase = {
  readonly episode: Episode;
  /** The promises of the version under which the hand-off opened, whatever version is in force now. */
  readonly promises: readonly ClockPromise[];
  readonly history: PersonHistory;
  /** The stages that the person went through. */
  readonly spans: readonly Span[];
  /** When the person's next hand-off opened, which ends what was left of this one. */
  readonly nextOpenedAt?: number;
  readonly remarks?: Remarks;
};

export type ClockUser = {
  /** When the user joined. */
  readonly createdAt: number;
  /** Since when nobody works as this user. */
  readonly inactiveSince?: number;
  /** An integration or automation user, behind whom nobody sits. */
  readonly automated?: boolean;
};

/** What is the same for every clock of an org. */
export type ClockContext = {
  readonly now: number;
  /** Up to when activity was read: no miss is told of a time that lies after it. */
  readonly readUntil: number;
  /** Calendar name → its time, laid out from the oldest open hand-off to well past now. */
  readonly times: ReadonlyMap<string, WorkTime>;
  /** User id → name of the calendar that this user works by. */
  readonly calendarOf?: ReadonlyMap<string, string>;
  /** Users by id; one that is absent is taken for a human who joined long ago. */
  readonly users?: ReadonlyMap<string, ClockUser>;
  /** User id → when the user is away. */
  readonly away?: ReadonlyMap<string, readonly Interval[]>;
  /** Users whose activity the org's capture hides. */
  readonly hidden?: ReadonlySet<string>;
  /** Times at which no agreement was signed and in force: every clock stands still. */
  readonly frozen?: readonly Interval[];
};
