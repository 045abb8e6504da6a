import type { ClauseSentences } from './clause-sentence.ts';
import type { EventFilter } from './compile-fact.ts';
import type { ClauseResult, ClauseSource, ReceiptClause } from './decision.ts';
import { met, notMet, outcomes, unknown, type OutcomeCode } from './outcome-code.ts';

/** Where a clause's value comes from: a field, or events that are looked up anew for every person. */
export type CompiledSource =
  | Extract<ClauseSource, { kind: 'field' }>
  | { readonly kind: 'events'; readonly event: string; readonly filter: EventFilter; readonly latestOnly: boolean };

export type ClauseIdentity = {
  /** Stable within a version: the stage, then groups and positions, e.g. `mql.all.1.any.0`. */
  readonly id: string;
  readonly fact: string;
  readonly restricted: boolean;
  /** How the clause counts in its definition; see `ReceiptClause.group`. */
  readonly group: string;
};

type ByCode<T> = Readonly<Record<OutcomeCode, T>>;

/** All that can be said of a clause before a person is looked at, so that explaining only picks from it. */
export type PreparedClause = {
  /** Results without evidence from events. */
  readonly results: ByCode<ClauseResult>;
  /** Receipt clauses, without the time of an event. */
  readonly shown: ByCode<ReceiptClause>;
  /** The same for a clause that keeps its definition from being met. */
  readonly obstacle: ByCode<ReceiptClause>;
  /** No receipt clause is longer than this as JSON. */
  readonly longest: number;
};

/** Length of `,"latestAt":"…"` and of the comma after a clause, with room to spare for far dates. */
const instantLength = 48;

/** Writes out the clause for each outcome. */
export function prepareClause(
  identity: ClauseIdentity,
  sentences: ClauseSentences,
  source: CompiledSource,
): PreparedClause {
  const { id, fact, restricted, group } = identity;
  const { sentence } = sentences;
  const emptySource: ClauseSource =
    source.kind === 'field' ? source : { kind: 'events', event: source.event, recordIds: [] };
  const shownSource: ReceiptClause['source'] =
    source.kind === 'field'
      ? { kind: 'field', field: `${source.object}.${source.field}` }
      : { kind: 'events', event: source.event };
  const findings = byCode((code) => findingOf(sentences, code));
  const shown = byCode<ReceiptClause>((code) => ({
    id,
    sentence,
    outcome: outcomes[code],
    source: shownSource,
    group,
  }));
  const obstacle = byCode<ReceiptClause>((code) => ({ ...shown[code], finding: findings[code] }));
  return {
    results: byCode((code) => ({
      clause: id,
      sentence,
      fact,
      outcome: outcomes[code],
      source: emptySource,
      restricted,
    })),
    shown,
    obstacle,
    longest: Math.max(...Object.values(obstacle).map((each) => JSON.stringify(each).length)) + instantLength,
  };
}

const byCode = <T>(make: (code: OutcomeCode) => T): ByCode<T> => [make(notMet), make(unknown), make(met)];

function findingOf(sentences: ClauseSentences, code: OutcomeCode): string {
  if (code === unknown) return sentences.unknown;
  return code === met ? sentences.sentence : sentences.negation;
}
