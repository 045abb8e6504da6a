import type { PackedRows } from '../app/ports.ts';
import type { BatchRows, BatchStatement, SqlValue } from './sql.ts';

/** What the thread that owns the database is asked to do. */
export type SqliteTask =
  | { readonly kind: 'query'; readonly text: string; readonly params: readonly SqlValue[] }
  | { readonly kind: 'batch'; readonly statements: readonly BatchStatement[]; readonly rows: BatchRows }
  | {
      readonly kind: 'load';
      readonly statements: readonly BatchStatement[];
      readonly rows: PackedRows;
      readonly also: number | undefined;
    }
  | { readonly kind: 'exec'; readonly text: string }
  | { readonly kind: 'close' };

export type SqliteRequest = { readonly id: number; readonly task: SqliteTask };

export type SqliteAnswer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: { readonly message: string; readonly errcode: number | undefined } };
