import type { Org } from '../../data/org-core.ts';
import type { JobStore } from './job-store.ts';

/** What running a job needs. */
export type BulkContext = {
  readonly org: Org;
  readonly jobs: JobStore;
  /** Tells that the org is stopping. */
  readonly signal: AbortSignal;
  /** Counts one batch of the day's; throws OrgError when none is left. */
  readonly countBatch: () => void;
};
