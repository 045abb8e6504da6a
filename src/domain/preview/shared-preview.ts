import { factField } from '../agreement/fact-source.ts';
import type { Agreement } from '../agreement/schema.ts';
import { reachedFacts, restrictedFacts, usesOf } from '../agreement/uses.ts';
import type {
  Change,
  ClauseFigures,
  DimensionRow,
  GroupFigures,
  PreviewResult,
  PromiseEffect,
} from './preview-result.ts';
import { findingsOf, headlineOf } from './preview-sentences.ts';
import type { Dimension } from './tally.ts';

/** A preview as everybody may read it: it names no person, and of conditions on restricted facts it tells nothing. */
export type SharedPreview = Omit<PreviewResult, 'load' | 'clauses' | 'by'> & {
  readonly by: Readonly<Partial<Record<Exclude<Dimension, 'owner'>, readonly DimensionRow[]>>>;
  /** Hand-offs a week: of all owners, and of the one with most. */
  readonly load: { readonly owners: number; readonly perWeek: Change; readonly most: Change };
  readonly clauses: readonly ClauseFigures[];
  /** Conditions on restricted facts, which have no figures here. */
  readonly withheld: number;
};

/** Rows of a table in a shared preview, before it is cut to fit a record. */
const mostRows = 60;

/**
 * Leaves out of a preview what not everybody may know, and as many rows as it takes to be no longer than `longest` as JSON.
 *
 * `versions` are the proposed one and those compared with; `judging` is the one that says what a success is.
 */
export function toSharedPreview(
  result: PreviewResult,
  versions: readonly Agreement[],
  judging: Agreement | undefined,
  longest: number,
): SharedPreview {
  const secrets: Secrets = {
    fields: new Set(versions.flatMap(restrictedFields)),
    success: judging !== undefined && readsRestricted(judging),
    value: judging?.outcome?.value,
  };
  for (let rows = mostRows; ; rows = Math.floor(rows / 2)) {
    const shared = share(result, secrets, rows);
    if (rows === 0 || JSON.stringify(shared).length <= longest) return shared;
  }
}

type Secrets = {
  /** Fields that a restricted fact reads. */
  readonly fields: ReadonlySet<string>;
  /** Whether what counts as success rests on a restricted fact. */
  readonly success: boolean;
  /** The field that says what a success is worth. */
  readonly value: string | undefined;
};

function share({ success, ...result }: PreviewResult, secrets: Secrets, rows: number): SharedPreview {
  const group = (figures: GroupFigures): GroupFigures => shareGroup(figures, secrets);
  const { segment, source, week } = result.by;
  const shown = result.clauses.filter(({ restricted }) => !restricted);
  const figures = {
    ...result,
    reached: { current: group(result.reached.current), proposed: group(result.reached.proposed) },
    dropped: group(result.dropped),
    added: group(result.added),
    clauses: shown.slice(0, rows).map((clause) => (secrets.success ? withoutSuccess(clause) : clause)),
    restsOnToday: {
      ...result.restsOnToday,
      fields: result.restsOnToday.fields.filter(({ field }) => !secrets.fields.has(field)).slice(0, rows),
    },
    by: {
      ...(segment && { segment: segment.slice(0, rows) }),
      ...(source && { source: source.slice(0, rows) }),
      ...(week && { week: rows === 0 ? [] : week.slice(-rows) }),
    },
    ...(result.promises && { promises: cutPeriods(result.promises, rows) }),
    ...(success !== undefined && !secrets.success && { success }),
  };
  return {
    ...figures,
    load: toLoad(result),
    withheld: result.clauses.length - shown.length,
    headline: headlineOf(figures),
    findings: findingsOf(figures).slice(0, rows),
  };
}

function cutPeriods({ timed, volumes }: PromiseEffect, rows: number): PromiseEffect {
  const latest = <Row>(periods: readonly Row[]): readonly Row[] => (rows === 0 ? [] : periods.slice(-rows));
  return { timed, volumes: volumes.map((each) => ({ ...each, periods: latest(each.periods) })) };
}

function toLoad({ load }: PreviewResult): SharedPreview['load'] {
  const over = (fold: (values: readonly number[]) => number): Change => ({
    current: fold(load.map(({ perWeek }) => perWeek.current)),
    proposed: fold(load.map(({ perWeek }) => perWeek.proposed)),
  });
  return {
    owners: load.length,
    perWeek: over((values) => values.reduce((sum, value) => sum + value, 0)),
    most: over((values) => values.reduce((most, value) => Math.max(most, value), 0)),
  };
}

function restrictedFields(agreement: Agreement): readonly string[] {
  return [...restrictedFacts(agreement)].flatMap((name) => {
    const fact = agreement.facts[name];
    return fact ? (factField(fact) ?? []) : [];
  });
}

function readsRestricted(agreement: Agreement): boolean {
  const { outcome } = agreement;
  if (!outcome) return false;
  const restricted = restrictedFacts(agreement);
  if (typeof outcome.success === 'string') return restrictedFields(agreement).includes(fieldOf[outcome.success]);
  return reachedFacts(agreement, usesOf(outcome.success)).some((name) => restricted.has(name));
}

const fieldOf = { converted: 'Lead.IsConverted', won: 'Opportunity.IsWon' } as const;

function shareGroup(
  { people, succeeded, open, worth, unvalued, shared }: GroupFigures,
  secrets: Secrets,
): GroupFigures {
  if (secrets.success) return { people, succeeded: none, open: 0 };
  if (worth === undefined || secrets.value === undefined || secrets.fields.has(secrets.value)) {
    return { people, succeeded, open };
  }
  return { people, succeeded, open, worth, ...(unvalued !== undefined && { unvalued }), ...(shared && { shared }) };
}

const none = { count: 0, of: 0 } as const;

function withoutSuccess(clause: ClauseFigures): ClauseFigures {
  const { lift, ...rest } = clause;
  return {
    ...(lift ? rest : clause),
    admittedSucceeded: none,
    excludedSucceeded: none,
    succeededWhereMet: none,
    succeededWhereNotMet: none,
  };
}
