import type { FieldDef, FieldType, ObjectDef } from '../../data/types.ts';
import { soqlString } from '../soql-literal.ts';
import type { Visible } from './visible.ts';

type Input = Readonly<Record<string, unknown>>;

const OPERATORS: Readonly<Record<string, string>> = {
  eq: '=',
  ne: '!=',
  lt: '<',
  gt: '>',
  lte: '<=',
  gte: '>=',
  like: 'LIKE',
  in: 'IN',
  nin: 'NOT IN',
  includes: 'INCLUDES',
  excludes: 'EXCLUDES',
};

/** Writes a `where` argument as SOQL; undefined when it holds no condition. Values become literals of their field's type. */
export function toSoqlCondition(visible: Visible, object: ObjectDef, where: unknown, prefix = ''): string | undefined {
  const nested = (input: unknown): string | undefined => toSoqlCondition(visible, object, input, prefix);
  const conditions = Object.entries((where ?? {}) as Input).flatMap(([name, input]) => {
    if (name === 'and') return join((input as readonly unknown[]).map(nested), 'AND') ?? [];
    if (name === 'or') return join((input as readonly unknown[]).map(nested), 'OR') ?? [];
    if (name === 'not') {
      const inner = nested(input);
      return inner === undefined ? [] : `(NOT ${inner})`;
    }
    return ofName(visible, object, name, input, prefix) ?? [];
  });
  return join(conditions, 'AND');
}

function ofName(visible: Visible, object: ObjectDef, name: string, input: unknown, prefix: string): string | undefined {
  const field = visible.fields(object).find((each) => each.name === name);
  if (field) return comparisons(field, prefix + name, input as Input);
  const parent = visible.parents(object).find((each) => each.name === name)?.objects[0];
  return parent && toSoqlCondition(visible, parent, input, `${prefix}${name}.`);
}

const comparisons = (field: FieldDef, path: string, input: Input): string | undefined =>
  join(
    Object.entries(input ?? {}).map(([operator, operand]) => comparison(field, path, operator, operand)),
    'AND',
  );

function comparison(field: FieldDef, path: string, operator: string, operand: unknown): string {
  if (!Array.isArray(operand)) return `${path} ${OPERATORS[operator]} ${literal(field, operand)}`;
  // SOQL has no empty list: nothing is in it, everything is outside it
  if (operand.length === 0) return operator === 'in' || operator === 'includes' ? 'Id = null' : 'Id != null';
  return `${path} ${OPERATORS[operator]} (${operand.map((each) => literal(field, each)).join(', ')})`;
}

function literal(field: FieldDef, operand: unknown): string {
  if (operand === null || operand === undefined) return 'null';
  if (field.type === 'date' || field.type === 'datetime') return dateLiteral(field, operand);
  if (field.type === 'boolean') return operand === true ? 'true' : 'false';
  return NUMERIC.has(field.type)
    ? String(Number(operand))
    : soqlString(typeof operand === 'string' ? operand : JSON.stringify(operand));
}

const NUMERIC: ReadonlySet<FieldType> = new Set<FieldType>(['int', 'double', 'currency', 'percent']);

function dateLiteral(field: FieldDef, { value, literal }: { value?: string | null; literal?: string }): string {
  if (literal !== undefined) return literal;
  if (value === null || value === undefined) return 'null';
  const instant = new Date(value);
  if (Number.isNaN(instant.getTime()))
    throw new Error(`${field.name} cannot be compared with ${JSON.stringify(value)}.`);
  const iso = instant.toISOString();
  return field.type === 'date' ? iso.slice(0, 10) : iso;
}

function join(conditions: readonly (string | undefined)[], word: 'AND' | 'OR'): string | undefined {
  const given = conditions.filter((each) => each !== undefined);
  return given.length > 1 ? `(${given.join(` ${word} `)})` : given[0];
}
