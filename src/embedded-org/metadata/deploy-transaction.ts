import { rollBack } from '../data/database.ts';
import { ensureCounters } from '../data/dml/counter-table.ts';
import { RowError } from '../data/dml/row-error.ts';
import { ensureComponentTables } from './component-store.ts';
import { DeployError } from './deploy-error.ts';
import type { DeployRun } from './deploy-run.ts';

type Outcome<Message> = { readonly success: boolean; readonly messages: readonly Message[] };

export type Keep = { readonly checkOnly: boolean; readonly rollbackOnError: boolean };

/** Runs changes of metadata in one transaction, which is undone when only checking, or on any failure if asked to. */
export function inOneTransaction<Message extends { readonly success: boolean }>(
  run: DeployRun,
  options: Keep,
  work: () => readonly Message[],
  beforeCommit: (outcome: Outcome<Message>) => void = () => {},
): Outcome<Message> {
  const { core } = run;
  ensureComponentTables(core);
  ensureCounters(core);
  core.db.exec('begin immediate');
  try {
    const messages = work();
    const success = messages.every((each) => each.success);
    const keep = !options.checkOnly && (success || !options.rollbackOnError);
    if (keep) beforeCommit({ success, messages });
    core.db.exec(keep ? 'commit' : 'rollback');
    if (!keep) core.schema.reload();
    return { success, messages };
  } catch (error) {
    rollBack(core.db, 'rollback');
    core.schema.reload();
    throw error;
  }
}

/** Runs one component behind a savepoint, so that its failure leaves nothing behind; `refused` says what failed. */
export function attempt<Result>(
  run: DeployRun,
  work: () => Result,
  refused: (why: DeployError | RowError) => Result,
): Result {
  const { core } = run;
  core.db.exec('savepoint component');
  try {
    const result = work();
    core.db.exec('release component');
    return result;
  } catch (error) {
    rollBack(core.db, 'rollback to component; release component');
    core.schema.reload();
    if (error instanceof DeployError || error instanceof RowError) return refused(error);
    throw error;
  }
}
