import type { Query } from '@jetstreamapp/soql-parser-js';
import type { OrgCore } from '../org-core.ts';
import type { UserContext } from '../types.ts';

/** A row of an object whose rows are worked out for each query, in stored form. */
export type VirtualRow = Readonly<Record<string, string | number | null>>;

/** What a query of a virtual object may ask for its rows. */
export type VirtualRequest = { readonly core: OrgCore; readonly user: UserContext; readonly query: Query };
