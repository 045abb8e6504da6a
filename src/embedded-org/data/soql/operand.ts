import type { FieldDef } from '../types.ts';

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

/** SQL that sorts and groups text without regard to case, also where an expression has lost its column's collation. */
export const collated = (operand: Operand): string =>
  operand.comparison === 'text' || operand.comparison === 'multi' ? `${operand.sql} collate nocase` : operand.sql;

function comparisonOf(field: FieldDef): Comparison {
  switch (field.type) {
    case 'id':
    case 'reference':
      return 'id';
    case 'boolean':
    case 'date':
    case 'datetime':
    case 'time':
      return field.type;
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return 'number';
    case 'multipicklist':
      return 'multi';
    default:
      return field.caseSensitive ? 'exact' : 'text';
  }
}

/** The word Salesforce uses for the type in its message about wrong literals. */
function typeNameOf(field: FieldDef): string {
  if (field.type === 'datetime') return 'dateTime';
  return ['boolean', 'int', 'double', 'currency', 'percent', 'date', 'time'].includes(field.type)
    ? field.type
    : 'string';
}
