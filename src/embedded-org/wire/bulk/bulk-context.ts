import type { Org } from '../../data/org-core.ts';
import type { JobStore } from './job-store.ts';

/** What running a job needs; the signal tells that the org is stopping. */
export type BulkContext = { readonly org: Org; readonly jobs: JobStore; readonly signal: AbortSignal };
