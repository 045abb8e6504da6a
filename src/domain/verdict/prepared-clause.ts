import type { ClauseSentences } from './clause-sentence.ts';
import type { CompiledLine } from './compile-score.ts';
import type { EventFilter } from './event-filter.ts';
import type { ClauseResult, ClauseSource, ReceiptClause, ScoreLineResult } from './decision.ts';
import { met, notMet, outcomes, unknown, type OutcomeCode } from './outcome-code.ts';

/** Where a clause's value comes from: a field, or what is looked up anew for every person. */
export type CompiledSource =
  | Extract<ClauseSource, { kind: 'field' }>
  | { readonly kind: 'events'; readonly event: string; readonly filter: EventFilter; readonly latestOnly: boolean }
  | { readonly kind: 'stage' }
  | {
      readonly kind: 'score';
      readonly lines: readonly CompiledLine[];
      readonly fields: readonly string[];
      /** Facts that the lines rest on. */
      readonly facts: ReadonlySet<string>;
    };

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
  readonly sentences: ClauseSentences;
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
  const shownSource = receiptSource(source);
  const shown = byCode<ReceiptClause>((code) => ({
    id,
    sentence,
    outcome: outcomes[code],
    source: shownSource,
    group,
  }));
  const obstacle = byCode<ReceiptClause>((code) => ({ ...shown[code], finding: findingOf(sentences, code) }));
  const emptySource = sourceWithoutEvidence(source);
  return {
    sentences,
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

function sourceWithoutEvidence(source: CompiledSource): ClauseSource {
  if (source.kind === 'events') return { kind: 'events', event: source.event, recordIds: [] };
  if (source.kind === 'score') return { kind: 'score', lines: source.lines.map(longestLine), fields: source.fields };
  return source.kind === 'stage' ? { kind: 'stage' } : source;
}

function receiptSource(source: CompiledSource): ReceiptClause['source'] {
  if (source.kind === 'field') return { kind: 'field', field: `${source.object}.${source.field}` };
  if (source.kind === 'events') return { kind: 'events', event: source.event };
  if (source.kind === 'stage') return { kind: 'stage' };
  return { kind: 'score', lines: source.lines.map(longestLine), fields: source.fields };
}

/** Stands in for a line until a person is looked at; no line that is shown is longer. */
const longestLine = ({ sentence }: CompiledLine): ScoreLineResult => ({
  sentence,
  outcome: 'not-met',
  points: -1_000_000.123_456,
});
