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
 * Does its work while the table of a virtual object, and those of the objects its paths may lead to, hold the rows that
 * a query could find.
 *
 * The tables are temporary and hide the empty ones of the same name. They are emptied again, because the rows are those
 * of one user's query and whoever reads the object in another way must not find them.
 */
export function withVirtualRows<Result>(request: VirtualRequest, object: ObjectDef, work: () => Result): Result {
  const parents = object.fields.flatMap((field) => {
    const parent = request.core.schema.find(field.type === 'reference' ? '' : (field.referenceTo?.[0] ?? ''));
    return parent !== undefined && isVirtual(parent) ? [parent] : [];
  });
  const filled = new Set([object, ...parents]);
  for (const each of filled) createTable(request, each);
  try {
    for (const each of filled) fill(request, each, ROWS[each.name]);
    return work();
  } finally {
    for (const each of filled) request.core.db.exec(`delete from ${tableOf(each)}`);
  }
}

const tableOf = (object: ObjectDef): string => `temp.${quoteName(object.name)}`;

const columnsOf = (object: ObjectDef): readonly string[] => object.fields.filter(isStored).map((field) => field.name);

function createTable({ core }: VirtualRequest, object: ObjectDef): void {
  const definitions = columnsOf(object).map((name) => `${quoteName(name)} collate nocase`);
  core.db.exec(`create table if not exists ${tableOf(object)} (_row integer primary key, ${definitions.join(', ')})`);
}

function fill(request: VirtualRequest, object: ObjectDef, rowsOf: RowsOf | undefined): void {
  const columns = columnsOf(object);
  const places = columns.map(() => '?').join(', ');
  const insert = request.core.db.prepare(
    `insert into ${tableOf(object)} (${columns.map(quoteName).join(', ')}) values (${places})`,
  );
  for (const row of rowsOf?.(request) ?? []) insert.run(...columns.map((name) => row[name] ?? null));
}
