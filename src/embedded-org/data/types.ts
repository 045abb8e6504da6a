/**
 * The vocabulary of the embedded org's data layer: what an object and a field are, who is asking, what a write answers.
 *
 * How values rest in SQLite (one table an object, named as the object; one column a field, named as the field):
 * booleans 0/1, numbers as numbers, datetimes as INTEGER epoch milliseconds in UTC with whole seconds, dates as
 * `YYYY-MM-DD`, times as `HH:mm:ss.SSSZ`, multi-picklists as `A;B`, ids always 18 characters, everything else text.
 * An empty string is stored as NULL, as Salesforce does.
 */
export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'time'
  | 'email'
  | 'phone'
  | 'url'
  | 'picklist'
  | 'multipicklist'
  | 'combobox'
  | 'reference'
  | 'address';

export type PicklistValue = {
  readonly value: string;
  readonly label: string;
  readonly active: boolean;
  readonly isDefault: boolean;
};

export type FieldDef = {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  /** Characters for text types, 18 for references and ids. */
  readonly length?: number;
  readonly precision?: number;
  readonly scale?: number;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly filterable: boolean;
  readonly sortable: boolean;
  readonly groupable: boolean;
  readonly custom: boolean;
  readonly externalId?: boolean;
  readonly unique?: boolean;
  readonly caseSensitive?: boolean;
  readonly nameField?: boolean;
  readonly defaultedOnCreate?: boolean;
  /** A literal default, or a formula for custom fields. */
  readonly defaultValue?: string | number | boolean;
  readonly defaultValueFormula?: string;
  readonly picklist?: { readonly values: readonly PicklistValue[]; readonly restricted: boolean };
  readonly referenceTo?: readonly string[];
  readonly relationshipName?: string;
  /** Name of the list of children on the parent, e.g. `CampaignMembers`. */
  readonly childRelationshipName?: string;
  readonly deleteConstraint?: 'SetNull' | 'Restrict' | 'Cascade';
  readonly masterDetail?: boolean;
  readonly autoNumber?: { readonly format: string };
  /** Present on formula fields and on standard fields computed from others (`Name`, `IsClosed`); never stored. */
  readonly formula?: string;
  /** Whether a formula field takes blank numbers for zero. */
  readonly formulaTreatBlanksAsZero?: boolean;
  /** Computed at read time by SQL over the same row: `{col}` stands for a quoted column. Internal to standard objects. */
  readonly sql?: string;
  /** False for fields that no permission set can hide (Id, Name of some objects, system fields, required fields). */
  readonly permissionable: boolean;
  readonly trackHistory?: boolean;
  /** Part of a compound field such as `Name` or `Address`. */
  readonly compoundFieldName?: string;
  readonly htmlFormatted?: boolean;
};

export type SharingModel = 'Private' | 'Read' | 'ReadWrite' | 'ReadWriteTransfer' | 'FullAccess' | 'ControlledByParent';

export type ValidationRule = {
  readonly fullName: string;
  readonly active: boolean;
  readonly formula: string;
  readonly errorMessage: string;
  readonly errorDisplayField?: string;
};

export type ObjectDef = {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  /** The first three characters of the ids; empty for an object whose rows are worked out for each query. */
  readonly keyPrefix: string;
  readonly custom: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  readonly undeletable: boolean;
  readonly queryable: boolean;
  readonly sharingModel: SharingModel;
  /** The reference to the record that decides the sharing where it is controlled by the parent; without an owner column it always is. */
  readonly sharingParent?: string;
  /** The reference that counts where `sharingParent` is empty. */
  readonly sharingParentElse?: string;
  /** References to a person whose fields the record shows, so that whoever may not see the person does not see the record; the first one that is filled counts. */
  readonly personFields?: readonly string[];
  /** Setup objects (User, Profile, PermissionSet …) need no object permission to be read. */
  readonly setup: boolean;
  /** The SQL of the rows of an object that shows those of others, `_row` included; its own table stays empty. */
  readonly rowsSql?: string;
  readonly historyObject?: string;
  readonly enableHistory?: boolean;
  readonly fields: readonly FieldDef[];
  readonly validationRules: readonly ValidationRule[];
};

/** A reverse reference, found by scanning every object's reference fields. */
export type ChildRelationship = {
  readonly childSObject: string;
  readonly field: string;
  readonly relationshipName: string | undefined;
  readonly cascadeDelete: boolean;
  readonly restrictedDelete: boolean;
};

/** All objects known to the org: the standard ones plus what was deployed. Names match without regard to case. */
export interface Schema {
  find(objectName: string): ObjectDef | undefined;
  field(object: ObjectDef, fieldName: string): FieldDef | undefined;
  /** The field whose `relationshipName` this is, e.g. `Owner` → OwnerId. */
  relationship(object: ObjectDef, relationshipName: string): FieldDef | undefined;
  children(objectName: string): readonly ChildRelationship[];
  byPrefix(keyPrefix: string): ObjectDef | undefined;
  all(): readonly ObjectDef[];
  /** Adds or replaces an object or its fields and brings the SQLite tables up to date, inside the caller's transaction. */
  define(object: ObjectDef): void;
  /** Holds the tables back until the work is done: an object that is defined field by field gets its table once. The work may define, but not touch the tables. */
  defineTogether<Result>(work: () => Result): Result;
  remove(objectName: string, fieldName?: string): void;
  /** Reads the definitions again; call it after rolling back a transaction in which something was defined or removed. */
  reload(): void;
}

export type ObjectAccess = {
  readonly read: boolean;
  readonly create: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
  readonly viewAll: boolean;
  readonly modifyAll: boolean;
};

/** What a user may do, the union of the profile and every assigned permission set. */
export interface Access {
  object(objectName: string): ObjectAccess;
  field(objectName: string, fieldName: string): { readonly read: boolean; readonly edit: boolean };
  /** A custom permission by developer name. */
  custom(name: string): boolean;
  /** A user permission by its API name without the prefix: `ApiEnabled`, `ModifyAllData`, `CreateAuditFields` … */
  system(name: string): boolean;
}

/** The user on whose behalf a call runs; resolved anew for each request, so a change of permission holds at once. */
export type UserContext = {
  readonly userId: string;
  readonly username: string;
  readonly name: string;
  readonly profileId: string;
  readonly profileName: string;
  readonly roleId: string | undefined;
  readonly timeZone: string;
  readonly locale: string;
  readonly language: string;
  readonly access: Access;
};

export type Value = string | number | boolean | null;

/** A record as a client sends it: field name (any case) → JSON value in wire form. May hold a nested `{ extId: value }` for a relationship. */
export type InputRow = Readonly<Record<string, unknown>>;

/** A record as a client gets it: `attributes` first, datetimes as `2026-01-01T00:00:00.000+0000`. */
export type OutputRow = { readonly attributes: { readonly type: string; readonly url?: string } } & Record<
  string,
  unknown
>;

export type SaveError = { readonly statusCode: string; readonly message: string; readonly fields: readonly string[] };

export type SaveResult = {
  readonly id: string | undefined;
  readonly success: boolean;
  readonly created: boolean;
  readonly errors: readonly SaveError[];
};

export type DmlOptions = {
  /** True rolls every row back when one fails and marks the others ALL_OR_NONE_OPERATION_ROLLED_BACK. */
  readonly allOrNone: boolean;
  /** The `Sforce-Auto-Assign` header: REST defaults to true. A string is the id of an assignment rule. */
  readonly autoAssign: boolean | string;
  readonly allowSaveDuplicates?: boolean;
  readonly apiVersion: number;
};

export type LeadConversion = {
  readonly leadId: string;
  /** Existing records to convert into, instead of new ones; their empty fields are filled. */
  readonly accountId?: string;
  readonly contactId?: string;
  readonly opportunityId?: string;
  readonly convertedStatus?: string;
  readonly doNotCreateOpportunity?: boolean;
  readonly opportunityName?: string;
  /** Owner of what is created; the lead's owner if left out. */
  readonly ownerId?: string;
  readonly overwriteLeadSource?: boolean;
};

export type LeadConversionResult = {
  readonly success: boolean;
  readonly leadId: string;
  readonly accountId: string | undefined;
  readonly contactId: string | undefined;
  readonly opportunityId: string | undefined;
  readonly errors: readonly SaveError[];
};

export type MergeRequest = {
  readonly objectName: string;
  /** The record that stays, with `Id` and the fields it takes over from the others. */
  readonly master: InputRow;
  /** One or two records that go. */
  readonly mergedIds: readonly string[];
};

export type MergeResult = {
  readonly id: string | undefined;
  readonly success: boolean;
  readonly mergedRecordIds: readonly string[];
  /** Records that hung on a merged one and now hang on the master, as far as the user may see them. */
  readonly updatedRelatedIds: readonly string[];
  readonly errors: readonly SaveError[];
};

export type DeletedRecord = { readonly id: string; readonly deletedAt: number };

export type ColumnMetadata = {
  readonly columnName: string;
  readonly displayName: string;
  readonly aggregate: boolean;
  readonly field: FieldDef | undefined;
  readonly joinColumns: readonly ColumnMetadata[];
};

/** A planned query: rows are read lazily in the query's order, `size` before any limit on pages. */
export type QueryResult = {
  readonly objectName: string;
  readonly totalSize: number;
  /** Shape of the answer: records, groups, or only a count (`SELECT COUNT()`). */
  readonly kind: 'records' | 'aggregate' | 'count';
  readonly columns: readonly ColumnMetadata[];
  /** Rows from `offset`, at most `limit`, in wire form. */
  /** Rows from an offset on; lists of children in them hold at most `childLimit`, or all. */
  page(offset: number, limit: number, childLimit?: number): readonly OutputRow[];
};

export type DeployOptions = {
  readonly checkOnly: boolean;
  readonly rollbackOnError: boolean;
  readonly singlePackage: boolean;
  /** Told of what is about to be kept, inside the transaction that keeps it. */
  readonly beforeCommit?: (outcome: DeployOutcome) => void;
};

export type DeployMessage = {
  readonly fullName: string;
  readonly componentType: string;
  readonly fileName: string;
  readonly id: string | undefined;
  readonly created: boolean;
  readonly changed: boolean;
  readonly deleted: boolean;
  readonly success: boolean;
  readonly problem?: string;
  readonly problemType?: 'Error' | 'Warning';
  readonly lineNumber?: number;
  readonly columnNumber?: number;
};

export type DeployOutcome = { readonly success: boolean; readonly messages: readonly DeployMessage[] };
