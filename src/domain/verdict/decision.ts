import type { PersonObject } from '../timeline/timeline.ts';

/** Three-valued outcome of a clause or a definition: unknown when a fact that decides is missing or not readable. */
export type Outcome = 'met' | 'not-met' | 'unknown';

/** Where the value that a clause judged came from, and when that value arose where it is known. */
export type ClauseSource =
  | {
      readonly kind: 'field';
      readonly object: PersonObject;
      readonly field: string;
      /** When the value arose, where the history knows it. */
      readonly changedAt?: number;
    }
  | {
      readonly kind: 'events';
      readonly event: string;
      readonly recordIds: readonly string[];
      readonly latestAt?: number;
    }
  | { readonly kind: 'stage'; readonly since?: number }
  | {
      readonly kind: 'score';
      readonly lines: readonly ScoreLineResult[];
      /** Fields that the lines read, such as `Lead.Industry`. */
      readonly fields: readonly string[];
    };

/** What one line of a score came to. */
export type ScoreLineResult = {
  readonly sentence: string;
  readonly outcome: Outcome;
  /** Points that the line gives; the most it could give where it is unknown. */
  readonly points: number;
};

export type ClauseResult = {
  /** Stable id of the clause within its version, e.g. `mql.all.1`. */
  readonly clause: string;
  readonly sentence: string;
  readonly fact: string;
  readonly outcome: Outcome;
  readonly source: ClauseSource;
  /** A clause on a restricted fact: it counts, and never leaves the service in a record that others can read. */
  readonly restricted: boolean;
};

export type StageVerdict = {
  readonly stage: string;
  readonly title: string;
  readonly outcome: Outcome;
  readonly clauses: readonly ClauseResult[];
};

/** A segment of which nobody knows whether the person is in it. */
export type OpenSegment = { readonly segment: string; readonly clauses: readonly ClauseResult[] };

/** What the agreement says of one person at one instant. */
export type Decision = {
  /** Id of the stage the person is in: a side stage that is met, else the highest one of the ladder. */
  readonly stage: string;
  /** Id of the segment whose definitions were applied; absent where the person is in none. */
  readonly segment?: string;
  /** Segments that the person may be in, and would be in rather than in `segment`; absent for none. */
  readonly openSegments?: readonly OpenSegment[];
  /** The stage's definition is not met: it is kept because it is not lost once reached. */
  readonly kept?: true;
  readonly verdicts: readonly StageVerdict[];
  /** Next instant (epoch ms) at which the answer could change by time alone; undefined when time cannot change it. */
  readonly validUntil: number | undefined;
  /**
   * The same as far as everyone who sees the lead may know it: it leaves out restricted clauses, whose instants would
   * tell when their events happened.
   */
  readonly sharedValidUntil: number | undefined;
};

/**
 * The part of a decision that is written to the CRM for everyone who may see the lead: no values, no restricted clauses.
 *
 * It explains the stage the person is in and, where there is one, the next stage up. Serialised as JSON of at most
 * 32,000 characters without newlines.
 */
export type Receipt = {
  readonly v: 1;
  readonly agreement: { readonly name: string; readonly version: number; readonly hash: string };
  readonly stage: { readonly id: string; readonly title: string };
  /** The segment whose definitions were applied; absent where the person is in none. */
  readonly segment?: { readonly id: string; readonly title: string };
  /** The stage is kept although its definition is not met: it is not lost once reached. */
  readonly kept?: true;
  readonly decidedAt: string;
  /** Explained definitions, the current stage first, then the next one. */
  readonly definitions: readonly ReceiptDefinition[];
};

export type ReceiptDefinition = {
  readonly stage: string;
  readonly title: string;
  /** Undefined where restricted clauses take part: their outcome could be told from the whole. */
  readonly outcome?: Outcome;
  /** Behind its own, the unknown clauses of segments that the person may be in and that have another definition of it. */
  readonly clauses: readonly ReceiptClause[];
  /** What would make the definition hold; only of the next stage, and only where something would. */
  readonly wouldHold?: Counterfactual;
  /** How many clauses are kept back because their fact is restricted. */
  readonly withheld: number;
  /** How many clauses at the end are left out because the receipt would be too long; absent when none is. */
  readonly omitted?: number;
};

export type ReceiptClause = {
  readonly id: string;
  readonly sentence: string;
  readonly outcome: Outcome;
  readonly source:
    | {
        readonly kind: 'field';
        readonly field: string;
        /** When the value arose, where that is known. */
        readonly changedAt?: string;
      }
    | { readonly kind: 'events'; readonly event: string; readonly latestAt?: string }
    | { readonly kind: 'stage'; readonly since?: string }
    | {
        readonly kind: 'score';
        readonly lines: readonly ScoreLineResult[];
        /** Fields that the lines read; who may not read one of them sees nothing of the score. */
        readonly fields: readonly string[];
      };
  /**
   * `all`, `any`, `none` or `atLeast 2 of 3`: how the clause counts. Inside a `none`, also `not all` and
   * `fewer than 2 of 3`. `clauseStanding` tells whether the clause speaks for its definition.
   */
  readonly group: string;
  /** What is the case instead, e.g. `Employees is less than 50`; only on clauses that keep the definition from being met. */
  readonly finding?: string;
};

/** The smallest changes that would make a definition hold. Names what the agreement wants, never what is the case. */
export type Counterfactual = {
  /** Cheapest first, at most three; each is enough by itself. */
  readonly alternatives: readonly Alternative[];
  /** The one question whose answer decides, such as `Employees is at least 50?`. */
  readonly ask?: string;
  /** Conditions that are not shown have to hold besides. */
  readonly partly?: true;
};

export type Alternative = {
  /** What has to be so, in words; all of it. */
  readonly changes: readonly string[];
  /** ISO instant at which time alone undoes what holds already, so that the changes would come too late. */
  readonly by?: string;
};
