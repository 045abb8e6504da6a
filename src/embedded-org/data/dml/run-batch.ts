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
  const outcome = inTransaction(core, () => {
    const results = rows.map((row, index) => saveRow(core, () => save(row, index)));
    return { results, keep: !options.allOrNone || results.every((each) => each.success) };
  });
  return outcome.keep ? outcome.results : outcome.results.map((each) => (each.success ? failed([ROLLED_BACK]) : each));
}

function saveRow(core: OrgCore, save: () => Saved): SaveResult {
  core.db.exec('savepoint dml_row');
  try {
    const { id, created } = save();
    core.db.exec('release dml_row');
    return { id, success: true, created, errors: [] };
  } catch (error) {
    core.db.exec('rollback to dml_row; release dml_row');
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
    core.db.exec(rollback);
    throw error;
  }
  if (outcome.keep) observer?.afterCommit();
  return outcome;
}
