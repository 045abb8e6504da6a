import { clauseStanding } from '../../../src/domain/verdict/clause-standing.ts';
import type { ReceiptClause, ReceiptDefinition, ScoreLineResult } from '../../../src/domain/verdict/decision.ts';
import { isHidden, standsAlone, type ViewerValues } from '../../../src/domain/verdict/viewer-receipt.ts';

/** How a clause stands for this user; `hidden` where the user may not read the field that it judges. */
export type Standing = 'met' | 'not-met' | 'unknown' | 'hidden';

export type ClauseRow = {
  readonly id: string;
  /** How the clause counts, as in the receipt. */
  readonly group: string;
  readonly sentence: string;
  readonly standing: Standing;
  /** The definition wants the sentence not to hold. */
  readonly negative: boolean;
  /** Another clause makes up for it, so a cross here is no bad news. */
  readonly notNeeded: boolean;
  /** The value as the user may see it; '' is blank, undefined where there is none to show. */
  readonly value?: string | undefined;
  /** Where the value comes from, such as "Number of employees" or "Activities". */
  readonly source: string;
  /** ISO instant of the latest event behind the clause, or of its value. */
  readonly at?: string | undefined;
  /** Lines of a score, each with what it came to. */
  readonly lines?: readonly ScoreLineResult[] | undefined;
};

export type ClauseGroup = {
  /** What the group asks for, such as "Any one of these"; '' where every row must hold. */
  readonly heading: string;
  readonly rows: readonly ClauseRow[];
};

/** Says how each clause of a definition stands, without telling anything of a field that has no value. */
export function toClauseRows({ clauses }: ReceiptDefinition, values: ViewerValues): readonly ClauseRow[] {
  const someHidden = clauses.some((clause) => isHidden(clause, values));
  return clauses.map((clause) => {
    const standing = isHidden(clause, values) ? 'hidden' : clauseStanding(clause);
    const open = standing === 'not-met' || standing === 'unknown';
    // beside a hidden clause, whether a nested one is needed would tell how the hidden one came out
    const told = standsAlone(clause) || !someHidden;
    return { ...toSource(clause, values), standing, notNeeded: open && told && clause.finding === undefined };
  });
}

/** Puts neighbours of one group under one heading. */
export function inGroups(rows: readonly ClauseRow[]): readonly ClauseGroup[] {
  const runs: ClauseRow[][] = [];
  for (const row of rows) {
    const last = runs.at(-1);
    if (last?.[0]?.group === row.group) last.push(row);
    else runs.push([row]);
  }
  return runs.map((run) => ({ heading: toHeading(run[0]?.group ?? 'all'), rows: run }));
}

function toSource(
  { id, group, sentence, source }: ReceiptClause,
  values: ViewerValues,
): Omit<ClauseRow, 'standing' | 'notNeeded'> {
  const negative = clauseStanding({ group, outcome: 'met' }) === 'not-met';
  if (source.kind === 'field') {
    const value = values[source.field];
    return { id, group, sentence, negative, value, source: toFieldLabel(source.field), at: source.changedAt };
  }
  if (source.kind === 'stage') return { id, group, sentence, negative, source: 'Time in the stage', at: source.since };
  if (source.kind === 'score') return { id, group, sentence, negative, source: 'Score', lines: source.lines };
  return { id, group, sentence, negative, source: EVENT_SOURCES[source.event] ?? source.event, at: source.latestAt };
}

const EVENT_SOURCES: Readonly<Record<string, string>> = { activity: 'Activities', response: 'Campaign responses' };

const HEADINGS: Readonly<Record<string, string>> = {
  all: '',
  any: 'Any one of these',
  none: 'None of these',
  'not all': 'Not all of these',
};

/** `atLeast 2 of 3` and `fewer than 2 of 3` name themselves. */
function toHeading(group: string): string {
  const words = group.replace(/^atLeast (\d+) of (\d+)$/, 'At least $1 of these $2');
  return HEADINGS[group] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** Makes a label of an API name: `Lead.NumberOfEmployees` → "Number of employees". */
function toFieldLabel(field: string): string {
  const words = field
    .slice(field.lastIndexOf('.') + 1)
    .replace(/__c$/, '')
    .replaceAll('_', ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
