import type { Outbox } from '../actions/outbox.ts';
import type { Org } from '../data/org-core.ts';
import type { BulkRunner } from './bulk/bulk-runner.ts';
import type { JobStore } from './bulk/job-store.ts';
import type { Deployments } from './metadata/deployments.ts';
import type { Retrievals } from './metadata/retrievals.ts';
import type { OrgLimits } from './org-limits.ts';
import type { DescribeStamps } from './rest/describe-stamps.ts';
import type { QueryLocators } from './rest/query-locators.ts';
import type { Sessions } from './sessions.ts';
import type { WireSettings } from './wire-settings.ts';

/** What the routes share. */
export type WireContext = {
  readonly org: Org;
  readonly sessions: Sessions;
  readonly limits: OrgLimits;
  readonly settings: WireSettings;
  readonly locators: QueryLocators;
  readonly describeStamps: DescribeStamps;
  readonly jobs: JobStore;
  readonly bulk: BulkRunner;
  readonly deployments: Deployments;
  readonly outbox: Outbox;
  readonly retrievals: Retrievals;
  /** Told of errors that are the embedded org's own fault. */
  readonly reportFault: (error: unknown) => void;
  /** Where clients reach the org; known once it listens. */
  instanceUrl: string;
};
