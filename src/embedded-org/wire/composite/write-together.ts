import { inTransaction } from '../../data/dml/run-batch.ts';
import type { OrgCore } from '../../data/org-core.ts';
import type { SaveResult } from '../../data/types.ts';

/** Runs several writes as one transaction; with `allOrNone` one failed row undoes them all, and the others say so. */
export function writeTogether(
  core: OrgCore,
  allOrNone: boolean,
  write: () => readonly SaveResult[],
): readonly SaveResult[] {
  const outcome = inTransaction(core, () => {
    const results = write();
    return { results, keep: !allOrNone || results.every((each) => each.success) };
  });
  return outcome.keep ? outcome.results : outcome.results.map((each) => (each.success ? ROLLED_BACK : each));
}

const ROLLED_BACK: SaveResult = {
  id: undefined,
  success: false,
  created: false,
  errors: [
    {
      statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
      fields: [],
    },
  ],
};
