import { toId18 } from '../../ids.ts';
import type { RecordRun } from '../../formula/record-run.ts';
import type { ObjectPlan, StoredRow } from '../object-plan.ts';
import { recordRun } from '../validation-rules.ts';
import type { WriteJob } from '../write-job.ts';
import { findEntries, type AssignmentEntry } from './assignment-rules.ts';
import { compileEntry } from './compile-entry.ts';

type Ready = { readonly source: string; readonly entries: readonly ReadyEntry[] };
type ReadyEntry = { readonly assignedTo: string | undefined; readonly test: (run: RecordRun) => boolean };

const readyByPlan = new WeakMap<ObjectPlan, Ready>();

/**
 * Gives the row the owner that the first matching entry of the assignment rule names.
 *
 * Runs on insert and update alike unless the caller switched it off, as REST does by default.
 */
export function assignOwner(job: WriteJob, row: StoredRow, old: StoredRow | undefined): void {
  const { autoAssign } = job.options;
  if (autoAssign === false) return;
  const source = findEntries(job.core, job.plan.object.name, ruleIdOf(autoAssign));
  if (source === undefined) return;
  const run = recordRun(job, row, old);
  const entry = entriesOf(job, source).find((each) => each.test(run));
  if (entry?.assignedTo !== undefined) row['OwnerId'] = entry.assignedTo;
}

const ruleIdOf = (autoAssign: string | boolean): string | undefined =>
  typeof autoAssign === 'string' ? (toId18(autoAssign) ?? autoAssign) : undefined;

function entriesOf(job: WriteJob, source: string): readonly ReadyEntry[] {
  let ready = readyByPlan.get(job.plan);
  if (ready?.source !== source) {
    const parsed = JSON.parse(source) as AssignmentEntry[];
    const entries = parsed.map((entry) => ({
      assignedTo: entry.assignedTo,
      test: compileEntry(job.core, job.plan.object, entry),
    }));
    readyByPlan.set(job.plan, (ready = { source, entries }));
  }
  return ready.entries;
}
