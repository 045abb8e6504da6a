import type { PollOptions } from '../bulk-job.ts';

/** How writes reach the org. */
export type WriteOptions = {
  /** Records above which a Bulk job is used. */
  readonly bulkThreshold: number;
  readonly polling: PollOptions;
  /** Bytes of CSV in one job; Salesforce takes 150 MB after base64. */
  readonly uploadBytes: number;
  /** Milliseconds before locked rows are sent again; doubles each time. */
  readonly lockPause: number;
};
