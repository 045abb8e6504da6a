import { inTransaction } from '../../data/dml/run-batch.ts';
import type { OrgCore } from '../../data/org-core.ts';
import type { SaveError } from '../../data/types.ts';

/** Runs several writes as one transaction; with `allOrNone` one failed row undoes them all, and the others say so. */
export function writeTogether<Result extends { readonly success: boolean; readonly errors: readonly SaveError[] }>(
  core: OrgCore,
  allOrNone: boolean,
  write: () => readonly Result[],
): readonly Result[] {
  const outcome = inTransaction(core, () => {
    const results = write();
    return { results, keep: !allOrNone || results.every((each) => each.success) };
  });
  return outcome.keep ? outcome.results : outcome.results.map((each) => (each.success ? rolledBack(each) : each));
}

/** What a write that succeeded answers after all once it was undone: no id of what is not there. */
function rolledBack<Result>(result: Result): Result {
  const message = 'Record rolled back because not all records were valid and the request was using AllOrNone header';
  const error: SaveError = { statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK', message, fields: [] };
  return { ...result, id: undefined, success: false, created: false, errors: [error] };
}
