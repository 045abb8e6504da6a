import { unknown, type OutcomeCode } from './outcome-code.ts';

/**
 * Where `judge` writes its outcomes, so that judging allocates nothing.
 *
 * Reuse one for many people; what it holds is true until it is given to `judge` again.
 */
export class Judgement {
  /** Outcome of each clause by stage, both in the order of the agreement. */
  readonly clauses: readonly OutcomeCode[][];
  /** Outcome of each stage's definition, in the order of the agreement. */
  readonly stages: OutcomeCode[];
  /** Position of the highest stage whose definition is met. */
  stage = 0;
  /** Next instant at which time alone could change an outcome or its evidence; Infinity when it cannot. */
  validUntil = Infinity;
  /** The same without what restricted clauses change. */
  sharedValidUntil = Infinity;
  /** Whether the clause that is being judged is restricted. */
  isRestricted = false;

  /** Takes the number of clauses of each stage. */
  constructor(clauseCounts: readonly number[]) {
    this.clauses = clauseCounts.map((length) => Array.from({ length }, () => unknown));
    this.stages = clauseCounts.map(() => unknown);
  }

  changesAt(instant: number): void {
    if (instant < this.validUntil) this.validUntil = instant;
    if (!this.isRestricted && instant < this.sharedValidUntil) this.sharedValidUntil = instant;
  }
}
