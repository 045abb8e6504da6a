import type { Interval, Share } from './share.ts';
import type { Dimension } from './tally.ts';

export type PreviewedVersion = {
  readonly name: string;
  /** Undefined for a document that is not in the org. */
  readonly version?: number;
  readonly hash: string;
  /** Since when it applies within the comparison; undefined for all of it. */
  readonly from?: string;
};

/** The stage that counts on both sides: the one at which the proposed version hands people off, or its highest. */
export type PreviewTarget = {
  readonly stage: string;
  readonly title: string;
  /** Title of the stage that counts in the latest version compared with, where that is another one. */
  readonly before?: string;
  /** How many of the versions compared with have no such stage: nobody reached it under them. Absent for none. */
  readonly lackedBy?: number;
};

/** A count under the version that is compared with and under the proposed one. */
export type Change = { readonly current: number; readonly proposed: number };

export type StageFigures = {
  readonly stage: string;
  readonly title: string;
  readonly entered: Change;
  readonly left: Change;
  /** People in the stage at the end of the period. */
  readonly present: Change;
};

export type DimensionRow = {
  /** The segment's id, the source, the owner's id or the week; empty where there is none. */
  readonly value: string;
  /** For people to read. */
  readonly label: string;
  /** Stages with a count other than zero. */
  readonly stages: readonly StageFigures[];
};

export type GroupFigures = {
  readonly people: number;
  /** Of those whose time to succeed is over or who have succeeded. */
  readonly succeeded: Share;
  /** People whose time to succeed is not over yet. */
  readonly open: number;
  /** What the successes were worth, each opportunity or account once; absent where the agreement does not say where that stands. */
  readonly worth?: number;
  /** Successes, or records that several share, without a recorded worth. */
  readonly unvalued?: number;
  /** Successes on a record that stands for another one as well, which adds nothing to the worth; absent for none. */
  readonly shared?: number;
};

export type OwnerLoad = { readonly owner: string; readonly name: string; readonly perWeek: Change };

/** How a clause did with the people who came in the period, who all have had since their creation to succeed. */
export type ClauseFigures = {
  readonly clause: string;
  readonly sentence: string;
  readonly stage: string;
  readonly restricted: boolean;
  /** The definition wants it not to be met, as in a `none`; absent for one that is wanted. */
  readonly unwanted?: true;
  /** How often its fact was known. */
  readonly coverage: Share;
  /** People who met the definition and would not, had this clause turned out otherwise. */
  readonly admitsAlone: number;
  /** People who did not meet the definition and would, had this clause turned out otherwise. */
  readonly excludesAlone: number;
  /** Successes among those who met the definition. */
  readonly admittedSucceeded: Share;
  /** Successes among those that it alone excluded. */
  readonly excludedSucceeded: Share;
  readonly succeededWhereMet: Share;
  readonly succeededWhereNotMet: Share;
  /** How much more often people succeed who meet it, in parts of one; absent for small samples. */
  readonly lift?: Interval;
};

/** The clocks of one promise, as they stood at the end of the period. */
export type ClockFigures = {
  readonly started: number;
  /** Of those that were kept or missed. */
  readonly kept: Share;
  readonly missed: number;
  /** What became of them cannot be seen, or waits for the manager. */
  readonly unproven: number;
  readonly running: number;
  /** Ended without a judgement: the hand-off was over first. */
  readonly ended: number;
};

/** A timed or counted promise; a side that does not make it has no figures. */
export type TimedFigures = {
  readonly promise: string;
  readonly title: string;
  readonly current?: ClockFigures;
  readonly proposed?: ClockFigures;
};

/** A promise of so many hand-offs a period, with its target on each side that makes it. */
export type VolumeFigures = {
  readonly promise: string;
  readonly title: string;
  readonly target: Partial<Change>;
  readonly periods: readonly {
    readonly period: string;
    /** Whether the preview covers all of it: else the count cannot be held against the target. */
    readonly whole: boolean;
    readonly count: Change;
  }[];
};

/** What the promises come to with the hand-offs of the period. */
export type PromiseEffect = { readonly timed: readonly TimedFigures[]; readonly volumes: readonly VolumeFigures[] };

/** What a version would have done to the people of a period, beside what another one does. */
export type PreviewResult = {
  readonly v: 1;
  readonly headline: string;
  readonly proposed: PreviewedVersion;
  /** The versions compared with, earliest first; empty for none. */
  readonly against: readonly PreviewedVersion[];
  readonly from: string;
  readonly to: string;
  /** Instant at which the people are looked at: successes after it do not count. */
  readonly asOf: string;
  /** When the store was last brought up to date; absent where nobody said. */
  readonly syncedAt?: string;
  readonly timeZone: string;
  readonly people: number;
  readonly target: PreviewTarget;
  /** What counts as success, in words; undefined where the agreement does not say. */
  readonly success?: string;
  readonly stages: readonly StageFigures[];
  readonly by: Readonly<Partial<Record<Dimension, readonly DimensionRow[]>>>;
  /** People who reached the stage that counts in the period. */
  readonly reached: { readonly current: GroupFigures; readonly proposed: GroupFigures };
  /** Those who did so under the version compared with and never under the proposed one. */
  readonly dropped: GroupFigures;
  readonly added: GroupFigures;
  /** Of those who reached it under both: under the proposed version earlier, and later. */
  readonly sooner: number;
  readonly later: number;
  readonly load: readonly OwnerLoad[];
  /** Absent where no version promises anything. */
  readonly promises?: PromiseEffect;
  readonly clauses: readonly ClauseFigures[];
  readonly restsOnToday: {
    /** People whose verdict used a field whose value then is not known. */
    readonly people: Share;
    readonly fields: readonly { readonly field: string; readonly people: number }[];
  };
  /** Sentences that name what the reader should know. */
  readonly findings: readonly string[];
};
