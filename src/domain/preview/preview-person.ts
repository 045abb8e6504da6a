import { startOf } from '../replay/applied-version.ts';
import type { PersonHistory } from '../timeline/timeline.ts';
import { tallyClauses } from './clause-tally.ts';
import { isReached } from './ladder.ts';
import type { PreviewRules } from './preview-rules.ts';
import { tallyPromises } from './promise-tally.ts';
import { type Stay, staysOf } from './stays.ts';
import { findSuccess, standingOf, type Success, worthOf } from './success.ts';
import { type CellKind, cellOf, type Dimension, getOrMake, type GroupKind, newRow, type Tally } from './tally.ts';
import type { VersionKind } from './tally.ts';
import { restingFields } from './resting-fields.ts';

/** Adds a person to the counts of a preview. People who came after the period or were gone before it do not count. */
export function previewPerson(rules: PreviewRules, history: PersonHistory, tally: Tally): void {
  const { from, to, proposed, against, success } = rules;
  if (history.createdAt > to || (history.endedAt !== undefined && history.endedAt <= from)) return;
  tally.people += 1;
  const next = staysOf([{ compiled: proposed, from: -Infinity }], history, to);
  const now = against.length === 0 ? [] : staysOf(against, history, to, startIn(rules, history));
  if (history.owner?.name !== undefined) tally.ownerNames.set(history.owner.id, history.owner.name);
  countStays(rules, history, next, 'proposed', tally);
  countStays(rules, history, now, 'current', tally);
  if (rules.promises) {
    tallyPromises(rules.promises, history, { from, to, stays: { current: now, proposed: next } }, tally.promises);
  }
  const reached = { proposed: findReached(rules, next), current: findReached(rules, now) };
  const succeeded = success && findSuccess(success, history, rules.asOf);
  compareReached(rules, history, reached, succeeded, tally);
  tallyClauses(rules, history, { stays: next, ...reached, success: succeeded }, tally.clauses);
}

/** Only the versions that applied led to where somebody is known to have stood. */
function startIn({ against, positions }: PreviewRules, history: PersonHistory): PersonHistory['start'] {
  const start = startOf(against, history);
  return start && positions.has(start.stage) ? start : undefined;
}

/** When a person first reached the stage that counts; undefined for one who did not. */
export type Reached = { readonly proposed: number | undefined; readonly current: number | undefined };

const findReached = (rules: PreviewRules, stays: readonly Stay[]): number | undefined =>
  stays.find((stay) => isAtTarget(rules, stay))?.from;

function isAtTarget({ ladders }: PreviewRules, { compiled, stage }: Stay): boolean {
  const ladder = ladders.get(compiled);
  return ladder !== undefined && isReached(ladder, stage);
}

function countStays(
  rules: PreviewRules,
  history: PersonHistory,
  stays: readonly Stay[],
  version: VersionKind,
  tally: Tally,
): void {
  const { from, to } = rules;
  let wasReached = false;
  for (const stay of stays) {
    const isNow = isAtTarget(rules, stay);
    if (stay.from >= from) {
      count(rules, history, stay, version, 'entered', stay.from, tally);
      if (isNow && !wasReached) countHandOff(history, version, stay.from, tally);
    }
    wasReached = isNow;
    if (stay.to === undefined) count(rules, history, stay, version, 'present', to, tally);
    else if (stay.to >= from && stay.to <= to) count(rules, history, stay, version, 'left', stay.to, tally);
  }
}

function count(
  { positions, stages, weekOf }: PreviewRules,
  history: PersonHistory,
  { stage, segment }: Stay,
  version: VersionKind,
  kind: CellKind,
  at: number,
  tally: Tally,
): void {
  const cell = cellOf(positions.get(stage) as number, version, kind);
  tally.stages[cell] = (tally.stages[cell] as number) + 1;
  const add = (dimension: Dimension, value: string): void => {
    const row = getOrMake(tally.by[dimension], value, () => newRow(stages.length));
    row[cell] = (row[cell] as number) + 1;
  };
  add('segment', segment ?? '');
  const source = history.fields['LeadSource'];
  add('source', typeof source === 'string' ? source : '');
  add('owner', ownerAt(history, at));
  if (kind !== 'present') add('week', weekOf(at));
}

function countHandOff(history: PersonHistory, version: VersionKind, at: number, tally: Tally): void {
  const row = getOrMake(tally.load, ownerAt(history, at), (): [number, number] => [0, 0]);
  row[version === 'current' ? 0 : 1] += 1;
}

/** Id of the owner at an instant; empty where nobody is known. */
function ownerAt({ owner, changes }: PersonHistory, at: number): string {
  let next: { readonly at: number; readonly from: unknown } | undefined;
  for (const change of changes) {
    if (change.field !== 'OwnerId' || change.object !== 'Lead' || change.at <= at) continue;
    if (!next || change.at < next.at) next = change;
  }
  if (!next) return owner?.id ?? '';
  return typeof next.from === 'string' ? next.from : '';
}

/** Who reached the stage that counts in the period; only one who never did under the other version was dropped or added. */
function compareReached(
  rules: PreviewRules,
  history: PersonHistory,
  { proposed, current }: Reached,
  success: Success | undefined,
  tally: Tally,
): void {
  const inPeriod = (at: number | undefined): at is number => at !== undefined && at >= rules.from;
  const add = (kind: GroupKind, at: number): void => addToGroup(kind, rules, history, at, success, tally);
  const compares = rules.against.length > 0;
  if (inPeriod(current)) {
    add('current', current);
    if (proposed === undefined) add('dropped', current);
  }
  if (inPeriod(proposed)) {
    add('proposed', proposed);
    if (compares && current === undefined) add('added', proposed);
  }
  if (inPeriod(current) && proposed !== undefined && proposed < current) tally.sooner += 1;
  if (inPeriod(proposed) && current !== undefined && proposed > current) tally.later += 1;
  const first = [proposed, current].filter(inPeriod).toSorted((a, b) => a - b)[0];
  if (first !== undefined) countResting(rules, history, first, tally);
}

function countResting(rules: PreviewRules, history: PersonHistory, at: number, tally: Tally): void {
  tally.judgedPast += 1;
  const resting = restingFields(rules, history, at);
  if (resting.length > 0) tally.restsOnToday += 1;
  for (const field of resting) tally.restingFields.set(field, (tally.restingFields.get(field) ?? 0) + 1);
}

function addToGroup(
  kind: GroupKind,
  { success: rule, asOf }: PreviewRules,
  history: PersonHistory,
  reachedAt: number,
  success: Success | undefined,
  tally: Tally,
): void {
  const group = tally.groups[kind];
  group.people += 1;
  if (!rule || !success) return;
  const standing = standingOf(rule, history, success, reachedAt, asOf);
  if (standing === 'failed') return;
  group[standing] += 1;
  const worth = standing === 'succeeded' ? worthOf(rule, history) : undefined;
  if (worth) tally.worths[kind].set(worth.recordId, worth.amount);
}
