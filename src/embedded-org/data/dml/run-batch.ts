import { rollBack } from '../database.ts';
import type { OrgCore } from '../org-core.ts';
import type { DmlOptions, SaveError, SaveResult } from '../types.ts';
import { ensureCounters } from './counter-table.ts';
import { RowError } from './row-error.ts';
import { observerOf } from './row-observer.ts';

export type Saved = { readonly id: string; readonly created: boolean };

const ROLLED_BACK: SaveError = {
  statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
  fields: [],
};

/**
 * Saves rows in order inside one transaction, each behind its own savepoint, and answers for each in place.
 *
 * Joins the caller's transaction if there is one. A defect (anything but a RowError) undoes the whole batch and is thrown.
 */
export function runBatch<Row>(
  core: OrgCore,
  rows: readonly Row[],
  options: Pick<DmlOptions, 'allOrNone'>,
  save: (row: Row, index: number) => Saved,
): readonly SaveResult[] {
  return writeTogether(core, options.allOrNone, () => rows.map((row, index) => saveRow(core, () => save(row, index))));
}

/** Runs several writes as one transaction; with `allOrNone` one failed row undoes them all, and the others say so. */
export function writeTogether<Result extends Pick<SaveResult, 'success' | 'errors'>>(
  core: OrgCore,
  allOrNone: boolean,
  write: () => readonly Result[],
): readonly Result[] {
  return keepTogether(core, allOrNone, write, (each) => each.success, rolledBack);
}

/** What a write that succeeded answers after all once it was undone: no id of what is not there. */
const rolledBack = <Result>(result: Result): Result => ({
  ...result,
  id: undefined,
  success: false,
  created: false,
  errors: [ROLLED_BACK],
});

/** Runs the parts of a call as one transaction; with `allOrNone` one that failed undoes them all, and the others answer what `undone` makes of them. */
export function keepTogether<Result>(
  core: OrgCore,
  allOrNone: boolean,
  run: () => readonly Result[],
  isGood: (result: Result) => boolean,
  undone: (result: Result) => Result,
): readonly Result[] {
  const { results, keep } = inTransaction(core, () => {
    const done = run();
    return { results: done, keep: !allOrNone || done.every(isGood) };
  });
  return keep ? results : results.map((each) => (isGood(each) ? undone(each) : each));
}

function saveRow(core: OrgCore, save: () => Saved): SaveResult {
  core.db.exec('savepoint dml_row');
  try {
    const { id, created } = save();
    core.db.exec('release dml_row');
    return { id, success: true, created, errors: [] };
  } catch (error) {
    rollBack(core.db, 'rollback to dml_row; release dml_row');
    if (error instanceof RowError) return failed(error.errors);
    throw error;
  }
}

const failed = (errors: readonly SaveError[]): SaveResult => ({
  id: undefined,
  success: false,
  created: false,
  errors,
});

/** Commits when `keep` is true, else undoes everything `work` wrote. */
export function inTransaction<Outcome extends { readonly keep: boolean }>(core: OrgCore, work: () => Outcome): Outcome {
  ensureCounters(core);
  const observer = core.db.isTransaction ? undefined : observerOf(core);
  const [begin, commit, rollback] = core.db.isTransaction
    ? ['savepoint dml_batch', 'release dml_batch', 'rollback to dml_batch; release dml_batch']
    : ['begin immediate', 'commit', 'rollback'];
  core.db.exec(begin);
  let outcome: Outcome;
  try {
    outcome = work();
    if (outcome.keep) observer?.beforeCommit();
    core.db.exec(outcome.keep ? commit : rollback);
  } catch (error) {
    rollBack(core.db, rollback);
    throw error;
  }
  if (outcome.keep) observer?.afterCommit();
  return outcome;
}
