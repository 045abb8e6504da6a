import type { Timeline } from '../timeline/timeline.ts';
import type { Change } from './change.ts';
import { definitionOf, type CompiledAgreement, type CompiledStage } from './compile-agreement.ts';
import type { CompiledClause, CompiledDefinition } from './compile-definition.ts';
import { judge, newJudgement } from './judge.ts';
import { Judgement } from './judgement.ts';
import { favourableCodes } from './favourable-codes.ts';
import { met, not, notMet, type OutcomeCode } from './outcome-code.ts';
import { outcomeOf, type DefinitionNode } from './outcome-of.ts';

/** How often time is followed from one change to the next in looking for the instant that undoes a definition. */
const mostInstants = 12;

/** Tries changes out on one person and definition. */
export class Trial {
  /** The outcome that each clause must have for the definition to hold most easily. */
  readonly favourable: readonly OutcomeCode[];
  /** Outcomes as they are; restricted clauses as they are wanted. */
  readonly base: readonly OutcomeCode[];
  readonly #aside = new Judgement([]);
  readonly #whole: Judgement;
  readonly #segment: number;
  /** The stage that the definition is one of. */
  readonly #stage: CompiledStage | undefined;

  readonly #compiled: CompiledAgreement;
  readonly #clauses: readonly CompiledClause[];
  readonly #node: DefinitionNode;
  readonly #timeline: Timeline;
  readonly #now: number;

  constructor(
    compiled: CompiledAgreement,
    { clauses }: CompiledDefinition,
    node: DefinitionNode,
    timeline: Timeline,
    now: number,
  ) {
    this.#compiled = compiled;
    this.#clauses = clauses;
    this.#node = node;
    this.#timeline = timeline;
    this.#now = now;
    this.favourable = favourableCodes(node, clauses.length);
    this.#whole = newJudgement(compiled);
    this.#segment = this.#segmentOf(timeline);
    this.#stage = compiled.stages.find((stage) => [stage, ...stage.inSegment].some((each) => each.clauses === clauses));
    this.base = this.#judge(timeline);
  }

  /** Outcomes of the clauses after changes. */
  codes(changes: readonly Change[]): readonly OutcomeCode[] {
    return this.#judge(changed(this.#timeline, changes));
  }

  /** Whether the definition would hold and would still be the person's, whom no stage beside the ladder takes. */
  holds(changes: readonly Change[]): boolean {
    const timeline = changed(this.#timeline, changes);
    return (
      outcomeOf(this.#node, this.#judge(timeline)) === met &&
      this.#segmentOf(timeline) === this.#segment &&
      this.#holdsInOpenSegments(timeline) &&
      !this.#isTakenAside(timeline)
    );
  }

  /** Whether the definition could hold if every clause came out as well as one of these makes it. */
  couldHold(best: readonly (readonly OutcomeCode[])[]): boolean {
    const codes = this.base.map((code, index) =>
      best.reduce<OutcomeCode>(
        (reached, codes) =>
          this.gain(codes[index] ?? code, index) > this.gain(reached, index) ? (codes[index] ?? code) : reached,
        code,
      ),
    );
    return outcomeOf(this.#node, codes) === met;
  }

  /** How much nearer an outcome is to the wanted one than the present outcome is. */
  gain(code: OutcomeCode, index: number): number {
    const wanted = this.favourable[index] ?? met;
    return Math.abs((this.base[index] ?? code) - wanted) - Math.abs(code - wanted);
  }

  /** Whether a score is made of the fact: several such changes may do together what none does alone. */
  isScored({ fact }: Change): boolean {
    return this.#clauses.some(
      ({ source, restricted }) => source.kind === 'score' && !restricted && source.facts.has(fact),
    );
  }

  flippedBy(changes: readonly Change[]): readonly number[] {
    const codes = this.codes(changes);
    return codes.flatMap((code, index) => (this.gain(code, index) > 0 ? [index] : []));
  }

  /** The instant at which the definition would no longer hold although nothing but time changed. */
  undoneAt(changes: readonly Change[]): number | undefined {
    const facts = new Set(changes.map(({ fact }) => fact));
    const codes = this.codes(changes);
    const timeline = this.#timeline;
    let at = this.#now;
    for (let step = 0; step < mostInstants; step++) {
      this.#aside.validUntil = Infinity;
      const later = this.#clauses.map((clause, index): OutcomeCode => {
        const isFixed = clause.restricted || facts.has(clause.fact) || clause.source.kind === 'score';
        return isFixed ? (codes[index] ?? notMet) : clause.judge(timeline, at, this.#aside);
      });
      if (outcomeOf(this.#node, later) !== met) return at;
      at = this.#aside.validUntil;
      if (at === Infinity) return undefined;
    }
    return undefined;
  }

  #judge(timeline: Timeline): readonly OutcomeCode[] {
    return this.#judgeAll(this.#clauses, (index) => this.favourable[index] ?? met, timeline);
  }

  #judgeAll(
    clauses: readonly CompiledClause[],
    restricted: (index: number) => OutcomeCode,
    timeline: Timeline,
  ): readonly OutcomeCode[] {
    return clauses.map((clause, index) =>
      clause.restricted ? restricted(index) : clause.judge(timeline, this.#now, this.#aside),
    );
  }

  /** Where it is unknown whether the person is in a segment, its definition has to hold as well; after `#segmentOf`. */
  #holdsInOpenSegments(timeline: Timeline): boolean {
    return this.#whole.openSegments.every((segment) => {
      const { node, clauses } = this.#stage ? definitionOf(this.#stage, segment) : { node: undefined, clauses: [] };
      if (!node || clauses === this.#clauses) return true;
      const wanted = favourableCodes(node, clauses.length);
      return (
        outcomeOf(
          node,
          this.#judgeAll(clauses, (index) => wanted[index] ?? met, timeline),
        ) === met
      );
    });
  }

  /** Restricted clauses are taken not to take anybody aside, so that the answer tells nothing about them either. */
  #isTakenAside(timeline: Timeline): boolean {
    return this.#compiled.stages.some((stage) => {
      if (!stage.side || stage === this.#stage) return false;
      if (!stage.back && timeline.previous?.stage === stage.id) return true;
      const { node, clauses } = definitionOf(stage, this.#segment);
      if (!node) return false;
      const wanted = favourableCodes(node, clauses.length);
      return (
        outcomeOf(
          node,
          this.#judgeAll(clauses, (index) => not(wanted[index] ?? met), timeline),
        ) === met
      );
    });
  }

  #segmentOf(timeline: Timeline): number {
    if (this.#compiled.segments.length === 0) return -1;
    judge(this.#compiled, timeline, this.#now, this.#whole);
    return this.#whole.segment;
  }
}

const changed = (timeline: Timeline, changes: readonly Change[]): Timeline =>
  changes.reduce((each, change) => change.apply(each), timeline);
