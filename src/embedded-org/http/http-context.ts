import type { Org } from '../data/org-core.ts';
import type { OrgLimits } from './org-limits.ts';
import type { OrgSettings } from './org-settings.ts';
import type { Sessions } from './sessions.ts';

/** What every resource needs; those that need more say so by a type of their own. */
export type HttpContext = {
  readonly org: Org;
  readonly sessions: Sessions;
  readonly limits: OrgLimits;
  readonly settings: OrgSettings;
  /** Told of errors that are the embedded org's own fault. */
  readonly reportFault: (error: unknown) => void;
  /** Where clients reach the org; known once it listens. */
  instanceUrl: string;
};
