import type { CompiledAgreement, CompiledClause, CompiledStage } from './compile-agreement.ts';
import type { ClauseResult, Decision, Receipt, ReceiptClause, ReceiptDefinition } from './decision.ts';
import { findObstacles } from './find-obstacles.ts';
import { outcomes, unknown } from './outcome-code.ts';

/** Longest receipt in characters of JSON; the record's field holds 32,768. */
export const longestReceipt = 32_000;

export type ReceiptHeader = {
  readonly version: number;
  readonly hash: string;
  /** Epoch milliseconds. */
  readonly decidedAt: number;
};

/**
 * Writes the part of a decision that everyone who sees the lead may read: the current stage and the next one up.
 *
 * Clauses on restricted facts are left out and counted, and nothing that is left depends on how they came out. Where
 * the JSON would be too long, clauses are left out from the end of the next definition, then of the current one.
 */
export function toReceipt(decision: Decision, compiled: CompiledAgreement, header: ReceiptHeader): Receipt {
  const current = compiled.stages.findIndex((stage) => stage.id === decision.stage);
  const stage = compiled.stages[current];
  if (!stage)
    throw new Error(`The agreement has no stage "${decision.stage}": the decision was made under another one.`);
  const obstacles = findObstacles(compiled, sharedCodes(decision, compiled), current, current + 1);
  const definitions = [current, current + 1].flatMap(
    (index) => toDefinition(decision, compiled, index, obstacles) ?? [],
  );
  return shorten({
    v: 1,
    agreement: { name: compiled.name, version: header.version, hash: header.hash },
    stage: { id: stage.id, title: stage.title },
    decidedAt: new Date(header.decidedAt).toISOString(),
    definitions,
  });
}

/** Outcomes as far as everyone may know them: a restricted clause is unknown whatever it is. */
function sharedCodes(decision: Decision, compiled: CompiledAgreement): Uint8Array {
  const codes = new Uint8Array(compiled.clauses.length).fill(unknown);
  compiled.stages.forEach((stage, position) => {
    decision.verdicts[position]?.clauses.forEach((clause, index) => {
      if (!clause.restricted) codes[stage.firstClause + index] = outcomes.indexOf(clause.outcome);
    });
  });
  return codes;
}

function toDefinition(
  decision: Decision,
  compiled: CompiledAgreement,
  position: number,
  obstacles: ReadonlySet<number>,
): ReceiptDefinition | undefined {
  const stage = compiled.stages[position];
  const verdict = decision.verdicts[position];
  if (!stage || !verdict) return undefined;
  const clauses = verdict.clauses.flatMap((result, index) => {
    const clause = compiled.clauses[stage.firstClause + index];
    return clause && !clause.restricted ? [toClause(result, clause, obstacles.has(stage.firstClause + index))] : [];
  });
  const definition = {
    stage: stage.id,
    title: stage.title,
    clauses,
    withheld: verdict.clauses.length - clauses.length,
  };
  return isShared(stage) ? { ...definition, outcome: verdict.outcome } : definition;
}

const isShared = (stage: CompiledStage): boolean => !stage.restricted;

function toClause(result: ClauseResult, clause: CompiledClause, isObstacle: boolean): ReceiptClause {
  const { clause: id, sentence, outcome, source } = result;
  const shown: ReceiptClause = { id, sentence, outcome, source: toSource(source), group: clause.group };
  return isObstacle ? { ...shown, finding: findingOf(clause, outcome) } : shown;
}

function findingOf(clause: CompiledClause, outcome: ClauseResult['outcome']): string {
  if (outcome === 'unknown') return clause.unknown;
  return outcome === 'met' ? clause.sentence : clause.negation;
}

function toSource(source: ClauseResult['source']): ReceiptClause['source'] {
  if (source.kind === 'field') return { kind: 'field', field: `${source.object}.${source.field}` };
  const { event, latestAt } = source;
  return { kind: 'events', event, ...(latestAt === undefined ? {} : { latestAt: new Date(latestAt).toISOString() }) };
}

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
