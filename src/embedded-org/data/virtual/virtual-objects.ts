import { quoteName } from '../quote-name.ts';
import { isStored } from '../schema/tables.ts';
import type { ObjectDef } from '../types.ts';
import { entityRows, fieldRows } from './definition-rows.ts';
import { fieldAccessRows, recordAccessRows } from './access-rows.ts';
import type { VirtualRequest, VirtualRow } from './virtual-row.ts';

type RowsOf = (request: VirtualRequest) => readonly VirtualRow[];

/** Objects whose rows are worked out for each query, by the parts of the definition and the rights they show. */
const ROWS: Readonly<Record<string, RowsOf>> = {
  EntityDefinition: entityRows,
  FieldDefinition: fieldRows,
  UserRecordAccess: recordAccessRows,
  UserFieldAccess: fieldAccessRows,
};

export const isVirtual = (object: ObjectDef): boolean => Object.hasOwn(ROWS, object.name);

/**
 * Fills the table of a virtual object, and of those its paths may lead to, with the rows that a query could find.
 *
 * The tables are temporary and hide the empty ones of the same name; the next query fills them anew.
 */
export function fillVirtual(request: VirtualRequest, object: ObjectDef): void {
  fill(request, object, ROWS[object.name]);
  for (const field of object.fields) {
    const parent = request.core.schema.find(field.type === 'reference' ? '' : (field.referenceTo?.[0] ?? ''));
    if (parent !== undefined && isVirtual(parent)) fill(request, parent, ROWS[parent.name]);
  }
}

function fill(request: VirtualRequest, object: ObjectDef, rowsOf: RowsOf | undefined): void {
  const { db } = request.core;
  const table = `temp.${quoteName(object.name)}`;
  const columns = object.fields.filter(isStored).map((field) => field.name);
  const definitions = columns.map((name) => `${quoteName(name)} collate nocase`).join(', ');
  db.exec(`create table if not exists ${table} (_row integer primary key, ${definitions}); delete from ${table}`);
  const places = columns.map(() => '?').join(', ');
  const insert = db.prepare(`insert into ${table} (${columns.map(quoteName).join(', ')}) values (${places})`);
  for (const row of rowsOf?.(request) ?? []) insert.run(...columns.map((name) => row[name] ?? null));
}
