import type { Timeline } from '../timeline/timeline.ts';
import {
  definitionOf,
  type CompiledAgreement,
  type CompiledClause,
  type CompiledDefinition,
  type CompiledStage,
} from './compile-agreement.ts';
import { counterfactual } from './counterfactual-words.ts';
import type {
  ClauseResult,
  ClauseSource,
  Decision,
  Receipt,
  ReceiptClause,
  ReceiptDefinition,
  StageVerdict,
} from './decision.ts';
import { findObstacles } from './find-obstacles.ts';
import { toCode, unknown, type OutcomeCode } from './outcome-code.ts';

/** Longest receipt in characters of JSON; the record's field holds 32,768. */
export const longestReceipt = 32_000;

export type ReceiptHeader = {
  readonly version: number;
  readonly hash: string;
  /** Epoch milliseconds. */
  readonly decidedAt: number;
  /** The person as judged; with it the receipt also says what would make the next stage's definition hold. */
  readonly timeline?: Timeline;
};

/**
 * Writes the part of a decision that everyone who sees the lead may read: the current stage and the next one up.
 *
 * Clauses on restricted facts are left out and counted, and nothing that is left depends on how they came out. Where
 * the JSON would be too long, clauses are left out from the end of the next definition, then of the current one.
 */
export function toReceipt(decision: Decision, compiled: CompiledAgreement, header: ReceiptHeader): Receipt {
  const position = compiled.stages.findIndex((each) => each.id === decision.stage);
  const stage = compiled.stages[position];
  if (!stage)
    throw new Error(`The agreement has no stage "${decision.stage}": the decision was made under another one.`);
  const segment = compiled.segments.findIndex(({ id }) => id === decision.segment);
  const explained = [stage, ...nextStages(compiled, position)];
  const definitions = explained.map((each) => definitionOf(each, segment));
  const inSegment = compiled.segments[segment];
  const receipt: Receipt = {
    v: 1,
    agreement: { name: compiled.name, version: header.version, hash: header.hash },
    stage: { id: stage.id, title: stage.title },
    ...(inSegment && { segment: { id: inSegment.id, title: inSegment.title } }),
    ...(decision.kept && { kept: true }),
    decidedAt: new Date(header.decidedAt).toISOString(),
    definitions: explained.map((each, index) =>
      toDefinition(
        each,
        definitions[index] ?? each,
        decision.verdicts[compiled.stages.indexOf(each)],
        doubtsOf(compiled, decision, each, definitions[index] ?? each),
      ),
    ),
  };
  const complete = header.timeline
    ? withCounterfactual(receipt, compiled, definitions[1], header.timeline, header)
    : receipt;
  const shown = decision.openSegments ? [...definitions, ...compiled.segments, ...compiled.segments] : definitions;
  const longest = shown.reduce((length, each) => length + each.longest, longestHeader);
  return longest <= longestReceipt ? complete : shorten(complete);
}

function withCounterfactual(
  receipt: Receipt,
  compiled: CompiledAgreement,
  next: CompiledDefinition | undefined,
  timeline: Timeline,
  { decidedAt }: ReceiptHeader,
): Receipt {
  const [current, explained] = receipt.definitions;
  if (!next || !current || !explained) return receipt;
  const wouldHold = counterfactual(compiled, next, timeline, decidedAt);
  const fits = wouldHold && JSON.stringify(wouldHold).length <= longestCounterfactual;
  return fits ? { ...receipt, definitions: [current, { ...explained, wouldHold }] } : receipt;
}

/** A longer one helps nobody; the room for it is part of `longestHeader`. */
const longestCounterfactual = 2_500;

/** The next stage up the ladder, where there is one; a side stage is off it. */
export function nextStages({ stages }: CompiledAgreement, position: number): readonly CompiledStage[] {
  if (stages[position]?.side) return [];
  const next = stages.find((each, index) => index > position && !each.side);
  return next ? [next] : [];
}

/** More than the JSON of all that is not a definition, even if every character of the names is escaped. */
const longestHeader = 5_000;

function toDefinition(
  { id, title }: CompiledStage,
  definition: CompiledDefinition,
  verdict: StageVerdict | undefined,
  doubts: readonly Doubt[],
): ReceiptDefinition {
  if (!verdict) throw new Error(`The decision lacks the stage "${id}": it was made under another agreement.`);
  const obstacles = new Set(definition.node ? findObstacles(definition.node, sharedCodes(verdict)) : []);
  const clauses: ReceiptClause[] = [];
  definition.clauses.forEach((clause, index) => {
    const result = verdict.clauses[index];
    if (!result || clause.restricted) return;
    clauses.push(toClause(result, clause, obstacles.has(index)));
  });
  const withheld = definition.clauses.length - clauses.length;
  const restricted = definition.restricted || doubts.some((each) => each.definition.restricted);
  const isOpen = !restricted && verdict.outcome === 'unknown';
  for (const { unknowns } of doubts) {
    for (const { result, clause } of unknowns) clauses.push(toClause(result, clause, isOpen));
  }
  const shown = { stage: id, title, clauses, withheld };
  return restricted ? shown : { ...shown, outcome: verdict.outcome };
}

/** Another definition that may be the person's, and the clauses of its segment that nobody knows. */
type Doubt = {
  readonly definition: CompiledDefinition;
  readonly unknowns: readonly { readonly result: ClauseResult; readonly clause: CompiledClause }[];
};

function doubtsOf(
  { segments }: CompiledAgreement,
  { openSegments = [] }: Decision,
  stage: CompiledStage,
  applied: CompiledDefinition,
): readonly Doubt[] {
  return openSegments.flatMap(({ segment, clauses }): readonly Doubt[] => {
    const position = segments.findIndex(({ id }) => id === segment);
    const definition = definitionOf(stage, position);
    if (definition.clauses === applied.clauses) return [];
    const unknowns = clauses.flatMap((result, index) => {
      const clause = segments[position]?.clauses[index];
      return clause && result.outcome === 'unknown' ? [{ result, clause }] : [];
    });
    return [{ definition, unknowns }];
  });
}

/** Outcomes as far as everyone may know them: a restricted clause is unknown whatever it is. */
function sharedCodes(verdict: StageVerdict): readonly OutcomeCode[] {
  const codes: OutcomeCode[] = [];
  for (const { restricted, outcome } of verdict.clauses) codes.push(restricted ? unknown : toCode(outcome));
  return codes;
}

function toClause(result: ClauseResult, clause: CompiledClause, isObstacle: boolean): ReceiptClause {
  const shown = (isObstacle ? clause.obstacle : clause.shown)[toCode(result.outcome)];
  const source = withInstant(result.source);
  return source ? { ...shown, source } : shown;
}

/** What is only known of this person; undefined where there is nothing of the kind. */
function withInstant(source: ClauseSource): ReceiptClause['source'] | undefined {
  if (source.kind === 'score') return { kind: 'score', lines: source.lines, fields: source.fields };
  if (source.kind === 'stage')
    return source.since === undefined ? undefined : { kind: 'stage', since: iso(source.since) };
  if (source.kind === 'events') {
    const { event, latestAt } = source;
    return latestAt === undefined ? undefined : { kind: 'events', event, latestAt: iso(latestAt) };
  }
  const { object, field, changedAt } = source;
  return changedAt === undefined
    ? undefined
    : { kind: 'field', field: `${object}.${field}`, changedAt: iso(changedAt) };
}

const iso = (at: number): string => new Date(at).toISOString();

/** Leaves out clauses from the end until the JSON fits, and says how many. */
function shorten(receipt: Receipt): Receipt {
  let excess = JSON.stringify(receipt).length - longestReceipt;
  if (excess <= 0) return receipt;
  const definitions = [...receipt.definitions];
  for (let index = definitions.length - 1; index >= 0 && excess > 0; index--) {
    const definition = definitions[index];
    if (!definition) continue;
    const clauses = [...definition.clauses];
    excess += '"omitted":9999,'.length;
    while (excess > 0 && clauses.length > 0) excess -= JSON.stringify(clauses.pop()).length + 1;
    definitions[index] = { ...definition, clauses, omitted: definition.clauses.length - clauses.length };
  }
  return { ...receipt, definitions };
}
