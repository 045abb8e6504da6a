import type { Outbox } from '../actions/outbox.ts';
import type { HttpContext } from '../http/http-context.ts';
import type { RestCall, RestRoute } from '../http/rest-call.ts';
import type { BulkRunner } from './bulk/bulk-runner.ts';
import type { JobStore } from './bulk/job-store.ts';
import type { Deployments } from './metadata/deployments.ts';
import type { Retrievals } from './metadata/retrievals.ts';
import type { DescribeStamps } from './rest/describe-stamps.ts';
import type { QueryLocators } from './rest/query-locators.ts';

/** What the routes share. */
export type WireContext = HttpContext & {
  readonly locators: QueryLocators;
  readonly describeStamps: DescribeStamps;
  readonly jobs: JobStore;
  readonly bulk: BulkRunner;
  readonly deployments: Deployments;
  readonly outbox: Outbox;
  readonly retrievals: Retrievals;
};

export type WireCall = RestCall<WireContext>;

export type WireRoute = RestRoute<WireContext>;
