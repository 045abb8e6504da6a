import { unknown, type OutcomeCode } from './outcome-code.ts';

/**
 * Where `judge` writes its outcomes, so that judging allocates nothing.
 *
 * Reuse one for many people; what it holds is true until it is given to `judge` again.
 */
export class Judgement {
  /** Outcome of each clause by stage, both in the order of the agreement and of the person's segment. */
  readonly clauses: readonly OutcomeCode[][];
  /** Outcome of each stage's definition, in the order of the agreement. */
  readonly stages: OutcomeCode[];
  /** Outcome of each clause by segment. */
  readonly segmentClauses: readonly OutcomeCode[][];
  /** Position of the stage that the person is in. */
  stage = 0;
  /** Position of the segment that the person is in; -1 is none. */
  segment = -1;
  /** Positions of the segments before that one of which nobody knows whether the person is in them. */
  readonly openSegments: number[] = [];
  /** Outcomes of the definition that is being judged besides the one of the person's segment. */
  readonly besides: OutcomeCode[] = [];
  /** True where the stage's definition is not met and the stage is kept because it is not lost once reached. */
  isKept = false;
  /** Next instant at which time alone could change an outcome or its evidence; Infinity when it cannot. */
  validUntil = Infinity;
  /** The same without what restricted clauses change. */
  sharedValidUntil = Infinity;
  /** Whether the clause that is being judged is restricted. */
  isRestricted = false;

  /** Takes the number of clauses of each stage, the greatest of its segments, and of each segment. */
  constructor(clauseCounts: readonly number[], segmentCounts: readonly number[] = []) {
    this.clauses = clauseCounts.map(emptyCodes);
    this.stages = emptyCodes(clauseCounts.length);
    this.segmentClauses = segmentCounts.map(emptyCodes);
  }

  changesAt(instant: number): void {
    if (instant < this.validUntil) this.validUntil = instant;
    if (!this.isRestricted && instant < this.sharedValidUntil) this.sharedValidUntil = instant;
  }
}

const emptyCodes = (length: number): OutcomeCode[] => Array.from({ length }, () => unknown);
