import type { CompiledAgreement, CompiledClause, CompiledStage } from './compile-agreement.ts';
import type { ClauseResult, Decision, Receipt, ReceiptClause, ReceiptDefinition, StageVerdict } from './decision.ts';
import { findObstacles } from './find-obstacles.ts';
import { toCode, unknown, type OutcomeCode } from './outcome-code.ts';

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
  const position = compiled.stages.findIndex((each) => each.id === decision.stage);
  const stage = compiled.stages[position];
  if (!stage)
    throw new Error(`The agreement has no stage "${decision.stage}": the decision was made under another one.`);
  const next = compiled.stages[position + 1];
  const receipt: Receipt = {
    v: 1,
    agreement: { name: compiled.name, version: header.version, hash: header.hash },
    stage: { id: stage.id, title: stage.title },
    decidedAt: new Date(header.decidedAt).toISOString(),
    definitions: [stage, ...(next ? [next] : [])].map((each, index) =>
      toDefinition(each, decision.verdicts[position + index]),
    ),
  };
  const longest = stage.longest + (next?.longest ?? 0) + longestHeader;
  return longest <= longestReceipt ? receipt : shorten(receipt);
}

/** More than the JSON of all that is not a definition, even if every character of the names is escaped. */
const longestHeader = 1_500;

function toDefinition(stage: CompiledStage, verdict: StageVerdict | undefined): ReceiptDefinition {
  if (!verdict) throw new Error(`The decision lacks the stage "${stage.id}": it was made under another agreement.`);
  const obstacles = stage.node ? findObstacles(stage.node, sharedCodes(verdict)) : [];
  const clauses: ReceiptClause[] = [];
  stage.clauses.forEach((clause, index) => {
    const result = verdict.clauses[index];
    if (!result || clause.restricted) return;
    clauses.push(toClause(result, clause, obstacles.includes(index)));
  });
  const definition = { stage: stage.id, title: stage.title, clauses, withheld: stage.clauses.length - clauses.length };
  return stage.restricted ? definition : { ...definition, outcome: verdict.outcome };
}

/** Outcomes as far as everyone may know them: a restricted clause is unknown whatever it is. */
function sharedCodes(verdict: StageVerdict): readonly OutcomeCode[] {
  const codes: OutcomeCode[] = [];
  for (const { restricted, outcome } of verdict.clauses) codes.push(restricted ? unknown : toCode(outcome));
  return codes;
}

function toClause(result: ClauseResult, clause: CompiledClause, isObstacle: boolean): ReceiptClause {
  const shown = (isObstacle ? clause.obstacle : clause.shown)[toCode(result.outcome)];
  if (result.source.kind === 'field' || result.source.latestAt === undefined) return shown;
  const { event, latestAt } = result.source;
  return { ...shown, source: { kind: 'events', event, latestAt: new Date(latestAt).toISOString() } };
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
