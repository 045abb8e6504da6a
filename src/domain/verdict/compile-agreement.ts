import { factField, fieldName } from '../agreement/fact-source.ts';
import { followsStages } from '../agreement/follows-stages.ts';
import type { Agreement, Comparison, Condition, Definition, Fact, Stage } from '../agreement/schema.ts';
import { criterionOf, toDefinition } from '../agreement/walk-criteria.ts';
import { clauseSentence } from './clause-sentence.ts';
import { compileComparison } from './compile-comparison.ts';
import { compileFact, eventFilter } from './compile-fact.ts';
import { eventNoun } from './count-sentence.ts';
import type { Judgement } from './judgement.ts';
import type { DefinitionNode } from './outcome-of.ts';
import type { OutcomeCode } from './outcome-code.ts';
import { prepareClause, type ClauseIdentity, type CompiledSource, type PreparedClause } from './prepared-clause.ts';
import type { Timeline } from '../timeline/timeline.ts';

export type CompiledClause = ClauseIdentity &
  PreparedClause & {
    readonly source: CompiledSource;
    readonly judge: (timeline: Timeline, now: number, judgement: Judgement) => OutcomeCode;
  };

export type CompiledStage = {
  readonly id: string;
  readonly title: string;
  /** Undefined for the first stage, which takes everybody. */
  readonly node: DefinitionNode | undefined;
  readonly clauses: readonly CompiledClause[];
  /** True where restricted clauses take part. */
  readonly restricted: boolean;
  /** The definition in a receipt is never longer than this as JSON. */
  readonly longest: number;
};

export type CompiledAgreement = {
  readonly name: string;
  /** Lowest first, as in the document. */
  readonly stages: readonly CompiledStage[];
  /** Whether the stage that a person is in decides: then a new stage is judged again a millisecond after its begin. */
  readonly followsStages: boolean;
};

/** Prepares a checked agreement for judging any number of people: names resolved, sentences written, closures built. */
export function compileAgreement(agreement: Agreement): CompiledAgreement {
  return {
    name: agreement.name,
    stages: agreement.stages.map((stage) => compileStage(agreement, stage)),
    followsStages: followsStages(agreement),
  };
}

function compileStage(agreement: Agreement, stage: Stage): CompiledStage {
  const clauses: CompiledClause[] = [];
  const add = (condition: Condition, place: Place): DefinitionNode => {
    const definition = toDefinition(condition);
    if (definition) return compileDefinition(definition, place, add);
    const [fact, comparison] = criterionOf(condition);
    clauses.push(compileClause(agreement, fact, comparison, place));
    return { kind: 'clause', index: clauses.length - 1 };
  };
  const node = stage.when && compileDefinition(stage.when, { id: stage.id, group: 'all', negative: false }, add);
  const { id, title } = stage;
  const restricted = clauses.some((clause) => clause.restricted);
  const longest = clauses.reduce(
    (length, clause) => length + clause.longest,
    JSON.stringify({ id, title }).length + 100,
  );
  return { id, title, node, clauses, restricted, longest };
}

/** Where a condition stands; negative inside an odd number of `none`. */
type Place = { readonly id: string; readonly group: string; readonly negative: boolean };

function compileDefinition(
  { all, any, none, atLeast }: Definition,
  { id, negative }: Place,
  add: (condition: Condition, place: Place) => DefinitionNode,
): DefinitionNode {
  const list = (conditions: readonly Condition[], key: string, group: string, inNone = false) =>
    conditions.map((each, index) => add(each, { id: `${id}.${key}.${index}`, group, negative: negative !== inNone }));
  const nodes: DefinitionNode[] = [];
  if (all) nodes.push({ kind: 'all', nodes: list(all, 'all', negative ? 'not all' : 'all') });
  if (any) nodes.push({ kind: 'any', nodes: list(any, 'any', negative ? 'none' : 'any') });
  if (none) nodes.push({ kind: 'none', nodes: list(none, 'none', negative ? 'any' : 'none', true) });
  if (atLeast) {
    const group = `${negative ? 'fewer than' : 'atLeast'} ${atLeast.n} of ${atLeast.of.length}`;
    nodes.push({ kind: 'atLeast', n: atLeast.n, nodes: list(atLeast.of, 'atLeast', group) });
  }
  const [only] = nodes;
  return only && nodes.length === 1 ? only : { kind: 'all', nodes };
}

function compileClause(agreement: Agreement, name: string, comparison: Comparison, place: Place): CompiledClause {
  const fact = Object.hasOwn(agreement.facts, name) ? agreement.facts[name] : undefined;
  if (!fact) throw new Error(`The agreement has no fact "${name}": it was not checked.`);
  const read = compileFact(fact, comparison);
  const test = compileComparison(comparison);
  const source = compileSource(fact);
  const identity = { id: place.id, fact: name, restricted: fact.restricted ?? false, group: place.group };
  return {
    ...identity,
    ...prepareClause(identity, clauseSentence(name, fact, comparison), source),
    source,
    judge: (timeline, now, judgement) => test(read(timeline, now, judgement)),
  };
}

function compileSource(fact: Fact): CompiledSource {
  const filter = eventFilter(fact);
  if (filter) return { kind: 'events', event: eventNoun(fact), filter, latestOnly: 'daysSince' in fact };
  return { kind: 'field', object: 'Lead', field: fieldName(factField(fact) ?? '') };
}
