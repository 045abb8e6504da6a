import { unknown, type OutcomeCode } from './outcome-code.ts';

/**
 * Where a judge writes its outcomes, a byte each, so that judging allocates nothing.
 *
 * Reuse one for many people; what it holds is true until it is given to `judge` again.
 */
export class Judgement {
  /** Outcome of each clause, in the order of `CompiledAgreement.clauses`. */
  readonly clauses: Uint8Array;
  /** Outcome of each stage's definition, in the order of the agreement. */
  readonly stages: Uint8Array;
  /** Position of the highest stage whose definition is met. */
  stage = 0;
  /** Next instant at which time alone could change an outcome or its evidence; Infinity when it cannot. */
  validUntil = Infinity;

  constructor(clauses: number, stages: number) {
    this.clauses = new Uint8Array(clauses).fill(unknown);
    this.stages = new Uint8Array(stages).fill(unknown);
  }

  changesAt(instant: number): void {
    if (instant < this.validUntil) this.validUntil = instant;
  }

  clause(index: number): OutcomeCode {
    return this.clauses[index] as OutcomeCode;
  }
}
