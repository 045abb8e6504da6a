import { factField, fieldName, objectName } from '../agreement/fact-source.ts';
import type { Agreement, Comparison, Condition, Definition, Fact, ScoreLine } from '../agreement/schema.ts';
import { reachedFacts, usesOfFact } from '../agreement/uses.ts';
import { criterionOf, referenceOf, toDefinition } from '../agreement/walk-criteria.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { stepsOf, type WholeSteps } from './age-steps.ts';
import { clauseSentence, factTitle } from './clause-sentence.ts';
import { compileComparison } from './compile-comparison.ts';
import { compileFact } from './compile-fact.ts';
import { compileInterval } from './compile-interval.ts';
import {
  compileScore,
  measureEach,
  measureValue,
  measureWhen,
  type CompiledLine,
  type CompiledScore,
  type Interval,
  type Measure,
} from './compile-score.ts';
import { eventFilter } from './event-filter.ts';
import { eventNoun } from './event-noun.ts';
import type { Judgement } from './judgement.ts';
import type { DefinitionNode } from './outcome-of.ts';
import type { OutcomeCode } from './outcome-code.ts';
import { prepareClause, type ClauseIdentity, type CompiledSource, type PreparedClause } from './prepared-clause.ts';
import { conditionSentence, eachSentence } from './score-sentence.ts';

export type CompiledClause = ClauseIdentity &
  PreparedClause & {
    readonly source: CompiledSource;
    /** The criterion as it is written, for looking at what would change its outcome. */
    readonly comparison: Comparison;
    readonly judge: (timeline: Timeline, now: number, judgement: Judgement) => OutcomeCode;
  };

export type CompiledDefinition = {
  /** Undefined where everybody is taken. */
  readonly node: DefinitionNode | undefined;
  readonly clauses: readonly CompiledClause[];
  /** True where restricted clauses take part. */
  readonly restricted: boolean;
  /** The clauses in a receipt are never longer than this as JSON. */
  readonly longest: number;
};

/** The agreement, and which of its facts are kept back. */
export type CompileContext = { readonly agreement: Agreement; readonly restricted: ReadonlySet<string> };

/** Where a condition stands; negative inside an odd number of `none`. */
type Place = { readonly id: string; readonly group: string; readonly negative: boolean };

/** Compiles a definition whose clauses have ids that begin with `id`. */
export function compileDefinition(
  definition: Condition | undefined,
  id: string,
  context: CompileContext,
): CompiledDefinition {
  const clauses: CompiledClause[] = [];
  const add = (condition: Condition, place: Place): DefinitionNode => {
    const inner = toDefinition(condition);
    if (inner) return compileGroups(inner, place, add);
    const name = referenceOf(condition);
    if (name !== undefined) return add(namedCondition(context, name), { ...place, id: `${place.id}.${name}` });
    const [fact, comparison] = criterionOf(condition);
    clauses.push(compileClause(context, fact, comparison, place));
    return { kind: 'clause', index: clauses.length - 1 };
  };
  const node = definition && add(definition, { id, group: 'all', negative: false });
  return {
    node,
    clauses,
    restricted: clauses.some((clause) => clause.restricted),
    longest: clauses.reduce((length, clause) => length + clause.longest, 0),
  };
}

function compileGroups(
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

function namedCondition({ agreement: { conditions = {} } }: CompileContext, name: string): Condition {
  const condition = Object.hasOwn(conditions, name) ? conditions[name] : undefined;
  if (!condition) throw new Error(`The agreement has no condition "${name}": it was not checked.`);
  return condition;
}

function namedFact({ agreement: { facts } }: CompileContext, name: string): Fact {
  const fact = Object.hasOwn(facts, name) ? facts[name] : undefined;
  if (!fact) throw new Error(`The agreement has no fact "${name}": it was not checked.`);
  return fact;
}

function compileClause(context: CompileContext, name: string, comparison: Comparison, place: Place): CompiledClause {
  const fact = namedFact(context, name);
  const score = 'score' in fact ? compileScoreFact(context, name, fact) : undefined;
  const source = score ? scoreSource(context, name, score) : compileSource(context, fact);
  const identity = { id: place.id, fact: name, restricted: context.restricted.has(name), group: place.group };
  return {
    ...identity,
    ...prepareClause(identity, clauseSentence(name, fact, comparison, context.agreement), source),
    source,
    comparison,
    judge: score ? scoreJudge(score, comparison) : valueJudge(context, fact, comparison),
  };
}

function valueJudge({ agreement }: CompileContext, fact: Fact, comparison: Comparison): CompiledClause['judge'] {
  const read = compileFact(fact as Exclude<Fact, { score: unknown }>, stepsOf(comparison), agreement);
  const test = compileComparison(comparison, agreement);
  return (timeline, now, judgement) => test(read(timeline, now, judgement));
}

function scoreJudge({ measure }: CompiledScore, comparison: Comparison): CompiledClause['judge'] {
  const test = compileInterval(comparison);
  const value: Interval = { low: 0, high: 0 };
  return (timeline, now, judgement) => {
    measure(timeline, now, judgement, value);
    return test(value);
  };
}

function compileScoreFact(
  context: CompileContext,
  name: string,
  fact: Extract<Fact, { score: unknown }>,
): CompiledScore {
  return compileScore(
    fact,
    fact.score.map((line, index) => compileLine(context, `${name}.score.${index}`, line)),
  );
}

function compileLine(context: CompileContext, id: string, line: ScoreLine): CompiledLine {
  const { agreement } = context;
  if ('each' in line) {
    const counted = namedFact(context, line.each);
    const score = 'score' in counted ? compileScoreFact(context, line.each, counted) : undefined;
    const read: Measure =
      score?.measure ??
      measureValue(compileFact(counted as Exclude<Fact, { score: unknown }>, wholeSteps(line), agreement));
    const sentence = eachSentence(factTitle(line.each, counted), line);
    const fields = score ? score.lines.flatMap((each) => each.fields) : fieldsOf([compileSource(context, counted)]);
    return { sentence, measure: measureEach(line, read), fields };
  }
  const definition = compileDefinition(line.when, id, context);
  return {
    sentence: conditionSentence(line.when, agreement),
    measure: measureWhen(line.points, definition),
    fields: fieldsOf(definition.clauses.map((clause) => clause.source)),
  };
}

/** Above what earns the most points a count makes no difference. */
const wholeSteps = ({ points, max = Infinity }: Extract<ScoreLine, { each: string }>): WholeSteps => ({
  wholesTo: points === 0 ? 0 : Math.ceil(max / Math.abs(points)),
});

const fieldsOf = (sources: readonly CompiledSource[]): readonly string[] => [
  ...new Set(
    sources.flatMap((source) => {
      if (source.kind === 'field') return [`${source.object}.${source.field}`];
      return source.kind === 'score' ? source.fields : [];
    }),
  ),
];

const scoreSource = ({ agreement }: CompileContext, name: string, { lines }: CompiledScore): CompiledSource => ({
  kind: 'score',
  lines,
  facts: new Set(reachedFacts(agreement, usesOfFact(agreement, name))),
  fields: [...new Set(lines.flatMap((line) => line.fields))].sort(),
});

function compileSource({ agreement }: CompileContext, fact: Fact): CompiledSource {
  const filter = eventFilter(fact, agreement);
  if (filter) {
    return { kind: 'events', event: eventNoun(fact), filter, latestOnly: 'daysSince' in fact || 'latest' in fact };
  }
  if ('owner' in fact) return { kind: 'field', object: 'Lead', field: 'OwnerId' };
  if ('daysInStage' in fact) return { kind: 'stage' };
  const path = factField(fact) ?? '';
  return { kind: 'field', object: objectName(path), field: fieldName(path) };
}
