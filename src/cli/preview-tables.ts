import type {
  Change,
  ClauseFigures,
  ClockFigures,
  DimensionRow,
  GroupFigures,
  PreviewResult,
  PromiseEffect,
  StageFigures,
  TimedFigures,
  VolumeFigures,
} from '../domain/preview/preview-result.ts';
import { percent } from '../domain/preview/preview-sentences.ts';
import type { Interval, Share } from '../domain/preview/share.ts';
import type { Dimension } from '../domain/preview/tally.ts';

export type Row = Record<string, string>;

export type PreviewTable = {
  readonly title: string;
  readonly columns: readonly { readonly key: string; readonly name: string }[];
  readonly rows: readonly Row[];
};

/** Rows of a table that tells figures by owner, source or segment; the rest is in the JSON. */
const mostRows = 15;

const titles: Readonly<Record<Dimension, string>> = {
  segment: 'By segment',
  source: 'By source',
  owner: 'By owner',
  week: 'By week',
};

/** Lays the figures of a preview out as tables, the most important first. */
export function previewTables(result: PreviewResult, by: readonly Dimension[]): readonly PreviewTable[] {
  return [
    stageTable(result),
    groupTable(result),
    ...by.map((dimension) => dimensionTable(result, dimension)),
    loadTable(result),
    ...(result.promises ? promiseTables(result.promises, compares(result)) : []),
    clauseTable(result),
  ];
}

const compares = ({ against }: PreviewResult): boolean => against.length > 0;

function stageTable(result: PreviewResult): PreviewTable {
  const cell = (change: Change): string => changeText(change, compares(result));
  return {
    title: compares(result) ? 'Stages (now → proposed)' : 'Stages',
    columns: columnsOf({ stage: 'Stage', entered: 'Entered', left: 'Left', present: 'There at the end' }),
    rows: result.stages.map(({ title, entered, left, present }) => ({
      stage: title,
      entered: cell(entered),
      left: cell(left),
      present: cell(present),
    })),
  };
}

function groupTable(result: PreviewResult): PreviewTable {
  const { reached, dropped, added, success } = result;
  const compared: [string, GroupFigures][] = compares(result)
    ? [
        ['now', reached.current],
        ['proposed', reached.proposed],
        ['dropped', dropped],
        ['added', added],
      ]
    : [['proposed', reached.proposed]];
  return {
    title: `Who reaches ${result.target.title}${success === undefined ? '' : `, and who succeeds (${success})`}`,
    columns: columnsOf({
      group: '',
      people: 'People',
      ...(success !== undefined && { succeeded: 'Succeeded', open: 'Still open' }),
      ...(reached.proposed.worth !== undefined && { worth: 'Worth' }),
    }),
    rows: compared.map(([group, { people, succeeded, open, worth }]) => ({
      group,
      people: number(people),
      succeeded: shareText(succeeded),
      open: number(open),
      worth: worth === undefined ? '' : number(Math.round(worth)),
    })),
  };
}

/** One line a value: entries into the stage that counts. */
function dimensionTable(result: PreviewResult, dimension: Dimension): PreviewTable {
  const rows = result.by[dimension] ?? [];
  const shown = dimension === 'week' ? rows : rows.slice(0, mostRows);
  const rest = rows.length - shown.length;
  return {
    title: `${titles[dimension]}: entered${rest > 0 ? ` (${rest} more in the JSON)` : ''}`,
    columns: columnsOf({
      value: dimension,
      ...Object.fromEntries(result.stages.map(({ stage, title }) => [stage, title])),
    }),
    rows: shown.map((row) => dimensionRow(row, result)),
  };
}

const dimensionRow = ({ label, stages }: DimensionRow, result: PreviewResult): Row => ({
  value: label,
  ...Object.fromEntries(
    stages.map(({ stage, entered }: StageFigures) => [stage, changeText(entered, compares(result))]),
  ),
});

function loadTable(result: PreviewResult): PreviewTable {
  return {
    title: `Hand-offs a week`,
    columns: columnsOf({ owner: 'Owner', perWeek: compares(result) ? 'now → proposed' : 'proposed' }),
    rows: result.load.slice(0, mostRows).map(({ name, perWeek }) => ({
      owner: name,
      perWeek: compares(result)
        ? `${decimal(perWeek.current)} → ${decimal(perWeek.proposed)}`
        : decimal(perWeek.proposed),
    })),
  };
}

function clauseTable({ clauses, stages, success }: PreviewResult): PreviewTable {
  const titleOf = new Map(stages.map(({ stage, title }) => [stage, title]));
  return {
    title: 'Conditions of the proposed version, by the people who came in the period',
    columns: columnsOf({
      stage: 'Stage',
      clause: 'Condition',
      coverage: 'Known',
      admits: 'Alone lets in',
      excludes: 'Alone keeps out',
      ...(success !== undefined && { met: 'Succeed if met', notMet: 'If not met', lift: 'Difference' }),
    }),
    rows: clauses.map((clause) => ({ stage: titleOf.get(clause.stage) ?? clause.stage, ...clauseRow(clause) })),
  };
}

const clauseRow = (clause: ClauseFigures): Row => ({
  clause: `${clause.unwanted ? 'not: ' : ''}${clause.sentence}${clause.restricted ? ' (restricted)' : ''}`,
  coverage: shareText(clause.coverage),
  admits: number(clause.admitsAlone),
  excludes: number(clause.excludesAlone),
  met: shareText(clause.succeededWhereMet),
  notMet: shareText(clause.succeededWhereNotMet),
  lift: clause.lift ? liftText(clause.lift) : 'too few to tell',
});

/** A side that does not make a promise has no figures of it. */
function promiseTables({ timed, volumes }: PromiseEffect, comparing: boolean): readonly PreviewTable[] {
  const title = comparing ? 'Promises at the end of the period (now → proposed)' : 'Promises at the end of the period';
  const ofClocks: PreviewTable = {
    title,
    columns: columnsOf({
      promise: 'Promise',
      started: 'Clocks',
      kept: 'Kept',
      missed: 'Missed',
      unproven: 'Unproven',
      running: 'Running',
    }),
    rows: timed.map((each) => timedRow(each, comparing)),
  };
  const ofVolumes: PreviewTable = {
    title: 'Hand-offs promised',
    columns: columnsOf({ promise: 'Promise', period: 'Period', count: 'Hand-offs', target: 'Target' }),
    rows: volumes.flatMap((each) => volumeRows(each, comparing)),
  };
  return [ofClocks, ofVolumes].filter(({ rows }) => rows.length > 0);
}

function timedRow({ title, current, proposed }: TimedFigures, comparing: boolean): Row {
  const cell = (text: (figures: ClockFigures) => string): string =>
    sideText(current && text(current), proposed && text(proposed), comparing);
  return {
    promise: title,
    started: cell(({ started }) => number(started)),
    kept: cell(({ kept }) => shareText(kept)),
    missed: cell(({ missed }) => number(missed)),
    unproven: cell(({ unproven }) => number(unproven)),
    running: cell(({ running }) => number(running)),
  };
}

const volumeRows = ({ title, target, periods }: VolumeFigures, comparing: boolean): readonly Row[] =>
  periods.map(({ period, whole, count }) => ({
    promise: title,
    period: whole ? period : `${period} (in part)`,
    count: changeText(count, comparing),
    target: sideText(
      target.current === undefined ? undefined : number(target.current),
      target.proposed === undefined ? undefined : number(target.proposed),
      comparing,
    ),
  }));

function sideText(current = '–', proposed = '–', comparing: boolean): string {
  if (!comparing || current === proposed) return proposed;
  return `${current} → ${proposed}`;
}

const columnsOf = (names: Readonly<Record<string, string>>): PreviewTable['columns'] =>
  Object.entries(names).map(([key, name]) => ({ key, name }));

const number = (value: number): string => value.toLocaleString('en-US');
const decimal = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 1 });

/** Small samples have no percentage. */
export const shareText = ({ count, of, rate }: Share): string =>
  rate ? `${number(count)} of ${number(of)} (${percent(rate.value)})` : `${number(count)} of ${number(of)}`;

function changeText({ current, proposed }: Change, comparing: boolean): string {
  if (!comparing) return number(proposed);
  const difference = proposed - current;
  const sign = difference > 0 ? '+' : '−';
  return difference === 0
    ? number(current)
    : `${number(current)} → ${number(proposed)} (${sign}${number(Math.abs(difference))})`;
}

/** In percentage points, with the interval of 95 %. */
function liftText({ value, low, high }: Interval): string {
  const points = (part: number): string => `${part > 0 ? '+' : part < 0 ? '−' : ''}${decimal(Math.abs(part * 100))}`;
  return `${points(value)} points (${points(low)} to ${points(high)})`;
}
