export type ChangeType = 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE';
export type GapType = `GAP_${ChangeType}` | 'GAP_OVERFLOW';

/** The header in the order in which the platform sends it. */
export type ChangeEventHeader = {
  readonly commitNumber: number;
  readonly commitUser: string;
  readonly sequenceNumber: number;
  readonly entityName: string;
  readonly changeType: ChangeType | GapType;
  readonly changedFields: readonly string[];
  readonly changeOrigin: string;
  readonly transactionKey: string;
  readonly commitTimestamp: number;
  readonly recordIds: readonly string[];
};

export type ChangePayload = { readonly ChangeEventHeader: ChangeEventHeader } & Readonly<Record<string, unknown>>;
