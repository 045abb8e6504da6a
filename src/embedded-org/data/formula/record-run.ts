import type { StoredRow } from '../dml/object-plan.ts';
import type { OrgCore } from '../org-core.ts';
import type { UserContext } from '../types.ts';
import type { FormulaRun } from './compiled.ts';

/** A formula running on one record, on behalf of one user. */
export type RecordRun = FormulaRun & {
  readonly core: OrgCore;
  readonly user: UserContext;
  readonly row: StoredRow;
  readonly old: StoredRow | undefined;
  /** How many formula fields deep this is; fields that refer to each other would never end. */
  readonly depth?: number;
};
