import type { DatabaseSync } from 'node:sqlite';
import type { ChangeStream } from './changes/change-stream.ts';
import type { OrgClock } from './org-clock.ts';
import type { RowLocks } from './row-locks.ts';
import type {
  DeletedRecord,
  DeployOptions,
  DeployOutcome,
  DmlOptions,
  InputRow,
  LeadConversion,
  LeadConversionResult,
  MergeRequest,
  MergeResult,
  OutputRow,
  QueryResult,
  SaveResult,
  Schema,
  UserContext,
} from './types.ts';

/** What the modules of the data layer share. */
export type OrgCore = {
  readonly db: DatabaseSync;
  readonly clock: OrgClock;
  readonly schema: Schema;
  readonly organizationId: string;
  /** Makes writes meet the locks of other transactions; empty unless a test fills it. */
  readonly locks: RowLocks;
};

/**
 * The local Salesforce as the wire and the pages see it: every call runs as a user and obeys that user's rights.
 *
 * All calls are synchronous and each write is one transaction. What a client did wrong is thrown as OrgError, except
 * per-row errors of a write, which are in its results.
 */
export interface Org {
  readonly core: OrgCore;
  /** Change data capture: what is selected and what was captured. */
  readonly changes: ChangeStream;
  /** Throws OrgError INVALID_SESSION_ID for an unknown or inactive user. */
  user(userId: string): UserContext;
  findUserByUsername(username: string): UserContext | undefined;
  /** A user with every right, for loading samples and for the platform's own work. */
  system(): UserContext;
  query(
    user: UserContext,
    soql: string,
    options: { readonly includeDeleted: boolean; readonly apiVersion: number },
  ): QueryResult;
  /** Runs SOSL; the records of each object of RETURNING in turn. Throws OrgError MALFORMED_SEARCH and those of queries. */
  search(user: UserContext, sosl: string, apiVersion?: number): readonly OutputRow[];
  /**
   * One record by id; throws NOT_FOUND or ENTITY_IS_DELETED. Without `fields`: every readable field.
   *
   * `apiVersion` stands in the URLs of the answer, here and in the describes; the newest if left out.
   */
  retrieve(
    user: UserContext,
    objectName: string,
    id: string,
    fields?: readonly string[],
    apiVersion?: number,
  ): OutputRow;
  insert(user: UserContext, objectName: string, rows: readonly InputRow[], options: DmlOptions): readonly SaveResult[];
  /** Rows carry `Id` (any case). */
  update(user: UserContext, objectName: string, rows: readonly InputRow[], options: DmlOptions): readonly SaveResult[];
  upsert(
    user: UserContext,
    objectName: string,
    externalIdField: string,
    rows: readonly InputRow[],
    options: DmlOptions,
  ): readonly SaveResult[];
  /** Moves records to the recycle bin. */
  remove(user: UserContext, ids: readonly string[], options: DmlOptions): readonly SaveResult[];
  /** Deletes records for good; whether the user may (Bulk API Hard Delete) is the caller's to check. */
  hardDelete(user: UserContext, ids: readonly string[], options: DmlOptions): readonly SaveResult[];
  undeleteRows(user: UserContext, ids: readonly string[], options: DmlOptions): readonly SaveResult[];
  emptyRecycleBin(user: UserContext, ids: readonly string[], options: DmlOptions): readonly SaveResult[];
  /** Records of an object deleted from `from` up to `to`, also those that have left the recycle bin. */
  deleted(user: UserContext, objectName: string, from: number, to: number): readonly DeletedRecord[];
  /** Faults of the lead are in the result; a user who may convert no lead at all is refused with OrgError. */
  convertLead(user: UserContext, conversion: LeadConversion, options: DmlOptions): LeadConversionResult;
  /** Faults of the records are in the result; an object that cannot be merged is refused with OrgError. */
  mergeRecords(user: UserContext, request: MergeRequest, options: DmlOptions): MergeResult;
  /** The body of `/sobjects/X/describe`, fields the user may not read left out. */
  describe(user: UserContext, objectName: string, apiVersion?: number): Record<string, unknown>;
  /** The body of `/sobjects`. */
  describeGlobal(user: UserContext, apiVersion?: number): Record<string, unknown>;
  /** Copies a profile with all its rights, as the setup page does, and returns the new profile's id. */
  cloneProfile(sourceName: string, newName: string): string;
  /** Sets what users of a profile may do with a field, given as `Lead.AnnualRevenue`. */
  setProfileFieldAccess(
    profileId: string,
    fieldPath: string,
    access: { readonly read: boolean; readonly edit: boolean },
  ): void;
  /** Gives users of a profile a record type, given as `Lead.Inbound`, or takes it from them. */
  setProfileRecordType(
    profileId: string,
    path: string,
    access: { readonly available: boolean; readonly isDefault: boolean },
  ): void;
  deploy(user: UserContext, zip: Uint8Array, options: DeployOptions): Promise<DeployOutcome>;
  /** A deployed file by metadata type and name, e.g. ('LightningComponentBundle', 'accordLeadCard') → path → bytes. */
  metadataFiles(type: string, fullName: string): ReadonlyMap<string, Uint8Array>;
  metadataNames(type: string): readonly string[];
  close(): void;
}
