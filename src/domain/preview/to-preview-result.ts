import { findingsOf, headlineOf } from './preview-sentences.ts';
import type {
  Change,
  ClauseFigures,
  DimensionRow,
  GroupFigures,
  OwnerLoad,
  PreviewedVersion,
  PreviewResult,
  PreviewTarget,
  StageFigures,
} from './preview-result.ts';
import { targetOf } from './ladder.ts';
import type { ClauseView } from './clause-views.ts';
import type { PreviewRules } from './preview-rules.ts';
import { toPromiseEffect } from './promise-figures.ts';
import { differenceInterval, smallSample, toShare } from './share.ts';
import type { SuccessRule } from './success.ts';
import {
  type CellKind,
  cellOf,
  type ClauseTally,
  type Dimension,
  dimensions,
  type GroupKind,
  type GroupTally,
  type Tally,
  type WorthTally,
} from './tally.ts';

const weekMs = 7 * 86_400_000;

export type PreviewNames = {
  readonly proposed: PreviewedVersion;
  readonly against: readonly PreviewedVersion[];
  /** What counts as success, in words. */
  readonly success?: string;
  /** When the store was last brought up to date, ISO. */
  readonly syncedAt?: string;
  /** Segment id → title. */
  readonly segments?: ReadonlyMap<string, string>;
  /** What the reader should know besides the figures. */
  readonly notes?: readonly string[];
};

/** Turns the counts of everybody into figures and sentences. */
export function toPreviewResult(rules: PreviewRules, tally: Tally, names: PreviewNames): PreviewResult {
  const group = (kind: GroupKind): GroupFigures => toGroup(tally.groups[kind], tally.worths[kind], rules.success);
  const promises = toPromiseEffect(rules, tally.promises);
  const figures: Omit<PreviewResult, 'headline' | 'findings'> = {
    v: 1,
    proposed: names.proposed,
    against: names.against,
    from: new Date(rules.from).toISOString(),
    to: new Date(rules.to).toISOString(),
    asOf: new Date(rules.asOf).toISOString(),
    ...(names.syncedAt !== undefined && { syncedAt: names.syncedAt }),
    timeZone: rules.timeZone,
    people: tally.people,
    target: toTarget(rules),
    ...(names.success !== undefined && { success: names.success }),
    stages: rules.stages.map((_, position) => toStage(rules, position, tally.stages)),
    by: Object.fromEntries(dimensions.map((each) => [each, toRows(rules, tally, each, names)])),
    reached: { current: group('current'), proposed: group('proposed') },
    dropped: group('dropped'),
    added: group('added'),
    sooner: tally.sooner,
    later: tally.later,
    load: toLoad(rules, tally),
    ...(promises && { promises }),
    clauses: rules.clauses.map((view, index) => toClause(rules, view, tally.clauses[index] as ClauseTally)),
    restsOnToday: {
      people: toShare(tally.restsOnToday, tally.judgedPast),
      fields: [...tally.restingFields]
        .map(([field, people]) => ({ field, people }))
        .toSorted((a, b) => b.people - a.people || (a.field < b.field ? -1 : 1)),
    },
  };
  return { ...figures, headline: headlineOf(figures), findings: [...(names.notes ?? []), ...findingsOf(figures)] };
}

function toTarget({ target, against, ladders, stages }: PreviewRules): PreviewTarget {
  const titleOf = (stage: string): string => stages.find(({ id }) => id === stage)?.title ?? stage;
  const latest = against.at(-1)?.compiled;
  const before = latest && targetOf(latest);
  const lackedBy = against.filter(({ compiled }) => ladders.get(compiled)?.targetRank === Infinity).length;
  return {
    stage: target,
    title: titleOf(target),
    ...(before !== undefined && before !== target && { before: titleOf(before) }),
    ...(lackedBy > 0 && { lackedBy }),
  };
}

function toStage({ stages }: PreviewRules, position: number, row: readonly number[]): StageFigures {
  const { id, title } = stages[position] ?? { id: '', title: '' };
  const change = (kind: CellKind): Change => ({
    current: row[cellOf(position, 'current', kind)] ?? 0,
    proposed: row[cellOf(position, 'proposed', kind)] ?? 0,
  });
  return { stage: id, title, entered: change('entered'), left: change('left'), present: change('present') };
}

function toRows(rules: PreviewRules, tally: Tally, dimension: Dimension, names: PreviewNames): readonly DimensionRow[] {
  const rows = [...tally.by[dimension]].map(([value, row]): DimensionRow & { total: number } => ({
    value,
    label: labelOf(dimension, value, tally, names),
    stages: rules.stages.map((_, position) => toStage(rules, position, row)).filter(hasFigures),
    total: row.reduce((sum, count) => sum + count, 0),
  }));
  const byValue = (a: DimensionRow, b: DimensionRow): number => (a.value < b.value ? -1 : 1);
  const sorted =
    dimension === 'week' ? rows.toSorted(byValue) : rows.toSorted((a, b) => b.total - a.total || byValue(a, b));
  return sorted.map(({ value, label, stages }) => ({ value, label, stages }));
}

const hasFigures = ({ entered, left, present }: StageFigures): boolean =>
  [entered, left, present].some(({ current, proposed }) => current > 0 || proposed > 0);

function labelOf(dimension: Dimension, value: string, tally: Tally, names: PreviewNames): string {
  if (dimension === 'segment') return value === '' ? 'everybody else' : (names.segments?.get(value) ?? value);
  if (dimension === 'owner') return value === '' ? 'no owner' : (tally.ownerNames.get(value) ?? value);
  return value === '' ? 'no source' : value;
}

function toGroup(
  { people, succeeded, open, unknown }: GroupTally,
  worths: WorthTally,
  rule: SuccessRule | undefined,
): GroupFigures {
  const decided = rule ? people - open - unknown : 0;
  return {
    people,
    succeeded: toShare(succeeded, decided),
    open,
    ...(rule?.value && toWorth(worths, succeeded)),
  };
}

function toWorth(worths: WorthTally, succeeded: number): Pick<GroupFigures, 'worth' | 'unvalued' | 'shared'> {
  const amounts = [...worths.values()];
  const known = amounts.filter((amount) => amount !== null);
  const shared = succeeded - worths.size;
  return {
    worth: known.reduce((sum, amount) => sum + amount, 0) / 100,
    unvalued: amounts.length - known.length,
    ...(shared > 0 && { shared }),
  };
}

function toLoad({ from, to }: PreviewRules, { load, ownerNames }: Tally): readonly OwnerLoad[] {
  const weeks = Math.max((to - from) / weekMs, 1 / 7);
  return [...load]
    .toSorted(([a, x], [b, y]) => y[1] - x[1] || y[0] - x[0] || (a < b ? -1 : 1))
    .map(([owner, [current, proposed]]) => ({
      owner,
      name: owner === '' ? 'no owner' : (ownerNames.get(owner) ?? owner),
      perWeek: { current: current / weeks, proposed: proposed / weeks },
    }));
}

function toClause(
  rules: PreviewRules,
  { id, sentence, restricted, unwanted, stage }: ClauseView,
  tally: ClauseTally,
): ClauseFigures {
  const big = rules.success !== undefined && tally.met >= smallSample && tally.notMet >= smallSample;
  return {
    clause: id,
    sentence,
    stage: rules.proposed.stages[stage]?.id ?? '',
    restricted,
    ...(unwanted && { unwanted }),
    coverage: toShare(tally.known, tally.judged),
    admitsAlone: tally.admits,
    excludesAlone: tally.excludes,
    admittedSucceeded: toShare(tally.admittedSucceeded, tally.admitted),
    excludedSucceeded: toShare(tally.excludedSucceeded, tally.excluded),
    succeededWhereMet: toShare(tally.metSucceeded, tally.met),
    succeededWhereNotMet: toShare(tally.notMetSucceeded, tally.notMet),
    ...(big && {
      lift: differenceInterval(
        { count: tally.metSucceeded, of: tally.met },
        { count: tally.notMetSucceeded, of: tally.notMet },
      ),
    }),
  };
}
