/**
 * What the use cases need from the outside, and nothing more: a CRM, a store, a clock, a place to report progress.
 *
 * Adapters (`src/crm`, `src/store`) implement these; use cases import only this file and the domain.
 */

/** A field value as JSON carries it; datetimes are ISO 8601 in UTC, dates `YYYY-MM-DD`. */
export type CrmValue = string | number | boolean | null;

/** One record by field name. A relationship path such as `Owner.Type` is a key of its own. */
export type CrmRecord = Readonly<Record<string, CrmValue>>;

export type CrmUser = {
  readonly userId: string;
  readonly username: string;
  readonly email: string;
  readonly orgId: string;
  readonly instanceUrl: string;
};

export type CrmField = {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly custom: boolean;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly externalId: boolean;
  /** Whether values of a key that differ in case alone are different values. */
  readonly caseSensitive?: boolean;
  readonly length: number;
  readonly referenceTo: readonly string[];
  readonly picklistValues: readonly string[];
};

/** An object as the signed-in user sees it: a field that is hidden from the user is absent. */
export type CrmObject = { readonly name: string; readonly label: string; readonly fields: readonly CrmField[] };

export type ExtractRequest = {
  readonly object: string;
  readonly fields: readonly string[];
  /** SOQL condition without `WHERE`, its texts quoted by `src/app/ports/soql-text`; absent reads everything. */
  readonly where?: string;
  /** True also reads records in the recycle bin (`queryAll`). */
  readonly includeDeleted?: boolean;
};

/** Rows as lists of values in the order of some columns. */
export type ValueRows = readonly (readonly CrmValue[])[];

/**
 * Rows as one run of bytes: a row is the UTF-8 text that `JSON.stringify` gives for the list of its values.
 *
 * Equal rows are equal bytes, a row crosses threads and enters the store without being taken apart, and only who needs
 * its values pays for them: at a million rows a list of 25 values each costs more than reading and storing them.
 * `src/app/ports/packed-rows.ts` packs and unpacks.
 */
export type PackedRows = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each row ends in `bytes`; the next one begins there. */
  readonly ends: Uint32Array<ArrayBuffer>;
};

/** One page of rows in the order of `fields`. */
export type ExtractPage = {
  readonly columns: readonly string[];
  readonly rows: PackedRows;
  /** Server time when the query started (its `Date` header), ISO: the base of the next watermark. */
  readonly startedAt: string;
};

/** Where the reading of an object's changes stands: everything up to this key has been seen. */
export type Cursor = { readonly object: string; readonly modstamp: string; readonly lastId: string };

export type ChangePoll = {
  readonly object: string;
  readonly fields: readonly string[];
  /** Field that orders changes: `SystemModstamp`, or `CreatedDate` for history objects. */
  readonly stampField: string;
  readonly after: { readonly modstamp: string; readonly lastId: string };
  readonly limit: number;
  /** True also reports records in the recycle bin and archived activities (`queryAll`), with `IsDeleted` among `fields`. */
  readonly includeDeleted?: boolean;
};

export type ChangePage = {
  readonly object: string;
  readonly records: readonly CrmRecord[];
  /** False when `limit` cut the page: poll again from its last record. */
  readonly done: boolean;
};

export type PollAnswer = { readonly serverTime: string; readonly pages: readonly ChangePage[] };

export type WriteKind = 'insert' | 'update' | 'upsert' | 'delete';

export type WriteRequest = {
  readonly kind: WriteKind;
  readonly object: string;
  /** External id field of an upsert. */
  readonly key?: string;
  readonly records: readonly CrmRecord[];
  /** Leads and contacts are upserted only where the user asked for it: an import. The service itself updates them by Id. */
  readonly mayCreatePeople?: boolean;
};

/** Outcome of one record, in the order sent. A failed row says whether trying again can help. */
export type WriteResult =
  | { readonly success: true; readonly id: string; readonly created: boolean }
  | {
      readonly success: false;
      readonly code: ErrorCode;
      readonly reason: string;
      readonly fields: readonly string[];
      /**
       * The org has not judged this record: the call that was to carry it failed, and `code` is that of the call. It was
       * not sent, or it was an update, upsert or delete whose answer was lost, which does no harm when it is sent again.
       */
      readonly unsent?: true;
    };

/** What the caller can do about a failure. */
export type ErrorCode = 'retryable' | 'reauthorize' | 'limit' | 'invalid' | 'conflict' | 'missing' | 'bug';

/** An adapter's failure: `code` says what the caller can do, `cause` keeps the original. */
export class PortError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PortError';
    this.code = code;
  }
}

/** Share of the org's daily API calls, used by everybody together, past which Accord makes none. */
export const usableApiShare = 0.8;

export type ApiUsage = { readonly used: number; readonly limit: number };

export type QueryOptions = {
  readonly max?: number;
  /** True asks the Tooling API, which alone knows some setup objects. */
  readonly tooling?: boolean;
};

export type OrgLimits = {
  /** By Salesforce's name of the limit, such as `DailyApiRequests`. */
  readonly byName: ReadonlyMap<string, { readonly max: number; readonly remaining: number }>;
};

/** Salesforce, as one user. Every call may throw PortError. */
export interface Crm {
  whoAmI(): Promise<CrmUser>;
  /** Undefined when the object does not exist or the user may not see it. */
  describe(object: string): Promise<CrmObject | undefined>;
  /** All rows of a small result; throws PortError('limit') past `max` (default 10,000) instead of cutting it off. */
  query(soql: string, options?: QueryOptions): Promise<readonly CrmRecord[]>;
  /** Reads any number of rows by Bulk API 2.0, page after page, in constant memory. */
  extract(request: ExtractRequest): AsyncIterable<ExtractPage>;
  /** Reads what changed, all polls in one API call (`/composite`, at most five). */
  pollChanges(polls: readonly ChangePoll[]): Promise<PollAnswer>;
  /** Writes in collections of 200, or by Bulk ingest above `bulkThreshold`, never firing assignment rules; results in the order of the records. */
  write(request: WriteRequest): Promise<readonly WriteResult[]>;
  /** Usage as of the last answer; undefined before the first. */
  apiUsage(): ApiUsage | undefined;
  /** How far the org's clock is ahead of the machine's as of the last answer, milliseconds, within a second or so; undefined before the first. */
  clockOffset(): number | undefined;
  /** How much of its limits the org has left. */
  readLimits(): Promise<OrgLimits>;
  /** About how many records each object holds, whoever may see them; a user without View Setup is refused. */
  countRecords(objects: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Deploys an SFDX source folder and returns per-component failures; empty means success. */
  deploy(request: DeployRequest): Promise<DeployReport>;
}

export type DeployRequest = {
  readonly sourceFolder: string;
  readonly checkOnly: boolean;
  readonly onProgress?: (done: number, total: number) => void;
};

export type DeployReport = {
  readonly id: string;
  readonly success: boolean;
  readonly components: number;
  readonly failures: readonly { readonly component: string; readonly type: string; readonly problem: string }[];
};

/** An intended write, kept until the CRM has confirmed it. `key` is unique: a later intent for the same key replaces it. */
export type OutboxEntry = {
  readonly key: string;
  readonly object: string;
  readonly kind: WriteKind;
  readonly keyField?: string;
  readonly record: CrmRecord;
  /** Digest of what is written: it tells an intent from its successor of the same key. */
  readonly digest: string;
};

export type OutboxItem = OutboxEntry & { readonly attempts: number };

export type DeadLetter = {
  readonly key: string;
  readonly object: string;
  readonly reason: string;
  readonly at: string;
};

export type RunKind = 'full' | 'incremental';

/** The service's own memory of one org. All but what it saw happen itself can be rebuilt from the org. */
export interface Store {
  readonly mirror: MirrorStore;
  readonly cursors: CursorStore;
  readonly outbox: OutboxStore;
  readonly observations: ObservationStore;
  readonly handOffs: HandOffStore;
  readonly signals: SignalStore;
  readonly runs: RunStore;
  readonly schedule: ScheduleStore;
  /**
   * Takes the right to sync this org until it is disposed of; throws PortError('conflict') that names the holder while
   * another live process has it. The lease of a process that is gone is taken over.
   */
  leaseSync(): Promise<AsyncDisposable>;
  /** Runs `work` in one transaction: all of its writes or none. Not reentrant. */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Runs `work` on a view of this store and forgets all that it wrote, so that the store is as if it had not run. Nothing
   * else may use the store meanwhile.
   */
  rehearse<T>(work: (store: Store) => Promise<T>): Promise<T>;
  /** Small named values, e.g. the org's id, checked at start so that a store is never used with another org. */
  getNote(name: string): Promise<string | undefined>;
  setNote(name: string, value: string): Promise<void>;
  close(): Promise<void>;
}

/** What reads people and their histories: several of them may read one store at the same time, each in a thread of its own. */
export interface StoreReader {
  readonly mirror: Pick<MirrorStore, 'page' | 'get' | 'children'>;
  readonly observations: Pick<ObservationStore, 'of'>;
  readonly signals: Pick<SignalStore, 'of'>;
  close(): Promise<void>;
}

export interface MirrorStore {
  /**
   * Makes the object hold these fields and no others, and `parent`, one of them, the one that `children` looks up by.
   * Returns fields that are new: they read as null until the object is read again in full.
   */
  prepare(object: string, fields: readonly string[], parent?: string): Promise<readonly string[]>;
  /**
   * Inserts or replaces whole rows by Id: `columns` are the fields prepared. Returns how many rows were new or different.
   * Packed rows are taken over and cannot be used afterwards.
   */
  save(object: string, columns: readonly string[], rows: PackedRows | ValueRows): Promise<number>;
  remove(object: string, ids: readonly string[]): Promise<void>;
  get(object: string, ids: readonly string[]): Promise<readonly CrmRecord[]>;
  /** Pages through an object in Id order. */
  page(object: string, afterId: string, limit: number): Promise<readonly CrmRecord[]>;
  /** Children whose `field`, the parent named to `prepare`, is one of `parentIds`. */
  children(object: string, field: string, parentIds: readonly string[]): Promise<readonly CrmRecord[]>;
  count(object: string): Promise<number>;
  /** Ids that cut an object, in Id order, into parts of `size` rows: each is the last one of its part. */
  cuts(object: string, size: number): Promise<readonly string[]>;
  /** Marks every row unseen before a full read, and removes what that read did not see: deleted records. */
  beginSweep(object: string): Promise<void>;
  /** Ids removed because the full read did not see them. */
  endSweep(object: string): Promise<readonly string[]>;
}

/** A change of a field that the service saw between two readings of a record. */
export type ObservedChange = {
  readonly object: string;
  readonly recordId: string;
  readonly field: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly from: CrmValue;
  readonly to: CrmValue;
};

/** Past values of fields whose history the org does not keep. */
export interface ObservationStore {
  add(changes: readonly ObservedChange[]): Promise<void>;
  /** All changes of these records, oldest first. */
  of(recordIds: readonly string[]): Promise<readonly ObservedChange[]>;
  /** Forgets what was seen before an instant; returns the records that it was about. */
  prune(before: number): Promise<readonly string[]>;
  erase(recordIds: readonly string[]): Promise<void>;
}

/** What a buyer did, with the lead that it was matched to. */
export type StoredSignal = {
  /** The sender's own id of it, or a digest of what it says. */
  readonly id: string;
  readonly leadId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly attributes: Readonly<Record<string, CrmValue>>;
  /** Checkbox of the lead that allows to keep it; absent where the call itself said so. */
  readonly consentField?: string;
};

/** Signals of buyers, which the org does not hold. */
export interface SignalStore {
  /** Adds those that are not there yet, and returns how many that were. */
  add(signals: readonly StoredSignal[]): Promise<number>;
  of(leadIds: readonly string[]): Promise<readonly StoredSignal[]>;
  /** Gives the signals of a lead to the lead that it was merged into. */
  move(from: string, to: string): Promise<void>;
  /** Forgets what happened before an instant; returns the leads that it concerned. */
  prune(before: number): Promise<readonly string[]>;
  /** The checkboxes that signals are kept by; undefined among them for those that need none. Empty without signals. */
  consentFields(): Promise<readonly (string | undefined)[]>;
  /** Forgets all signals of these leads, or those that are kept by a checkbox; returns how many. */
  erase(leadIds: readonly string[], consentField?: string): Promise<number>;
}

/** What was known of a person at the instant at which a hand-off opened, as JSON, by the key of its row. */
export type HandOffEvidence = { readonly key: string; readonly leadId: string; readonly evidence: string };

/** The evidence of hand-offs, restricted facts included: it never leaves the store. */
export interface HandOffStore {
  remember(entries: readonly HandOffEvidence[]): Promise<void>;
  /** Gives the evidence of a lead to the lead that it was merged into. */
  move(from: string, to: string): Promise<void>;
  find(key: string): Promise<string | undefined>;
  erase(leadIds: readonly string[]): Promise<void>;
}

export interface CursorStore {
  find(object: string): Promise<Cursor | undefined>;
  /** Never moves a cursor backwards. */
  advance(cursor: Cursor): Promise<void>;
}

export interface OutboxStore {
  /** Adds intents, each in place of the pending one of its key; returns how many were new or different. */
  enqueue(entries: readonly OutboxEntry[]): Promise<number>;
  /** Which of these keys have a pending intent: the org may or may not have it already. */
  pendingAmong(keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** Drops the intents and dead letters of these keys: nothing is to be written for them any more. */
  withdraw(keys: readonly string[]): Promise<void>;
  /**
   * The next intents to send that need not wait, oldest first, grouped by (object, kind).
   *
   * At most `limit` of them, and no more after those whose records together reach `bytes`.
   */
  next(limit: number, bytes: number): Promise<readonly OutboxItem[]>;
  /** Removes the intents that the CRM accepted, and their dead letters. */
  confirm(keys: readonly string[]): Promise<void>;
  /**
   * Counts a failed attempt, after which the intent waits, longer each time. After `maxAttempts`, or at once when not
   * retryable, it becomes a dead letter; returns the keys of those.
   */
  fail(
    failed: readonly { readonly key: string; readonly reason: string; readonly retryable: boolean }[],
  ): Promise<readonly string[]>;
  pending(): Promise<number>;
  deadLetters(): Promise<readonly DeadLetter[]>;
}

/**
 * When each person must be judged again: the durable list of work.
 *
 * A change of a person is put on the list in the transaction that saves it, and leaves the list in the transaction that
 * puts its outcome into the outbox, so a process that dies in between forgets nothing.
 */
export interface ScheduleStore {
  /** Sets the instant (epoch ms) at which each id is due; undefined takes the id off the list. */
  plan(entries: readonly { readonly id: string; readonly dueAt: number | undefined }[]): Promise<void>;
  /** Makes each id due at this instant, unless it is due earlier. */
  hasten(ids: readonly string[], dueAt: number): Promise<void>;
  /** Ids due at `now` or before, earliest first, then by id. */
  due(now: number, limit: number): Promise<readonly string[]>;
}

export interface RunStore {
  begin(kind: RunKind, at: string): Promise<number>;
  finish(
    id: number,
    at: string,
    totals: { readonly read: number; readonly written: number; readonly failed: number },
  ): Promise<void>;
  /** When the last sync that came to its end ended, ISO; undefined before the first. */
  lastFinished(): Promise<string | undefined>;
}

/** The time, epoch milliseconds: the one source of `now` for use cases, by the org's clock (`orgClock`). */
export interface Clock {
  now(): number;
}

/** Told how far long work has come. `total` is undefined while it is not known. */
export interface Progress {
  start(stage: string, total?: number): void;
  advance(done: number): void;
  finish(note?: string): void;
}
