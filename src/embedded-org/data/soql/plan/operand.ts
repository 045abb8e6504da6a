import type { FieldDef } from '../../types.ts';

/** How values of a type are compared. */
export type Comparison = 'text' | 'exact' | 'id' | 'number' | 'boolean' | 'date' | 'datetime' | 'time' | 'multi';

/** The left side of a condition, or a thing to sort or group by. */
export type Operand = {
  readonly sql: string;
  readonly comparison: Comparison;
  readonly name: string;
  readonly typeName: string;
};

export function operandOf(sql: string, field: FieldDef): Operand {
  return { sql, comparison: comparisonOf(field), name: field.name, typeName: typeNameOf(field) };
}

/** SQL that sorts, groups and counts text without regard to case; SQLite's own NOCASE knows ASCII only. */
export const keyOf = (operand: Operand): string => (isText(operand) ? `org_fold(${operand.sql})` : operand.sql);

/** Whether values are compared without regard to case. */
export const isText = ({ comparison }: Operand): boolean => comparison === 'text' || comparison === 'multi';

function comparisonOf(field: FieldDef): Comparison {
  return COMPARISONS[field.type] ?? (field.caseSensitive ? 'exact' : 'text');
}

const COMPARISONS: Readonly<Partial<Record<FieldDef['type'], Comparison>>> = {
  id: 'id',
  reference: 'id',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  time: 'time',
  int: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  multipicklist: 'multi',
};

/** The word Salesforce uses for the type in its message about wrong literals. */
function typeNameOf(field: FieldDef): string {
  if (field.type === 'datetime') return 'dateTime';
  return ['boolean', 'int', 'double', 'currency', 'percent', 'date', 'time'].includes(field.type)
    ? field.type
    : 'string';
}
