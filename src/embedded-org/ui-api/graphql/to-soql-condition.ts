import type { FieldDef, FieldType, ObjectDef } from '../../data/types.ts';
import { soqlString } from '../soql-literal.ts';
import { TIME_FUNCTIONS } from './date-terms.ts';
import { spannedObject, type Visible } from './visible.ts';

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
  if (field) return comparisons(visible, field, prefix + name, input as Input);
  const link = visible.parents(object).find((each) => each.name === name);
  const parent = link && spannedObject(link);
  return parent && toSoqlCondition(visible, parent, input, `${prefix}${name}.`);
}

const comparisons = (visible: Visible, field: FieldDef, path: string, input: Input): string | undefined =>
  join(
    Object.entries(input ?? {}).map(([operator, operand]) => {
      if (operator === 'inq' || operator === 'ninq') return joined(visible, path, operator, operand as Input);
      return TIME_FUNCTIONS.includes(operator)
        ? datePart(operator, path, operand as Input)
        : comparison(field, path, operator, operand);
    }),
    'AND',
  );

/** `CALENDAR_YEAR: { value: { eq: 2026 } }`; `convertTimezoneValue` counts days in the user's time zone. */
const datePart = (name: string, path: string, operand: Input): string | undefined =>
  join(
    Object.entries(operand).flatMap(([zone, input]) => {
      const part = zone === 'value' ? `${name}(${path})` : `${name}(convertTimezone(${path}))`;
      return Object.entries((input ?? {}) as Input).map(([operator, number]) =>
        comparison(NUMBER, part, operator, number),
      );
    }),
    'AND',
  );

const NUMBER: Pick<FieldDef, 'name' | 'type'> = { name: 'the part of the date', type: 'int' };

/** `inq: { Contact: { … }, ApiName: "AccountId" }`: among the values of that field of these records. */
function joined(visible: Visible, path: string, operator: string, operand: Input): string {
  const { ApiName: fieldName, ...filters } = operand;
  const [[objectName, where] = ['', undefined], ...others] = Object.entries(filters);
  const object = visible.objects().find(({ name }) => name === objectName);
  if (!object || others.length > 0) throw new Error(`${operator} needs the filter of one object.`);
  if (typeof fieldName !== 'string' || !visible.mayRead(object, fieldName))
    throw new Error(`${operator} needs in ApiName a field of ${objectName} that you may read.`);
  const condition = toSoqlCondition(visible, object, where);
  const inner = `SELECT ${fieldName} FROM ${objectName}${condition === undefined ? '' : ` WHERE ${condition}`}`;
  return `${path} ${operator === 'inq' ? 'IN' : 'NOT IN'} (${inner})`;
}

function comparison(field: Pick<FieldDef, 'name' | 'type'>, path: string, operator: string, operand: unknown): string {
  if (!Array.isArray(operand)) return `${path} ${OPERATORS[operator]} ${literal(field, operand)}`;
  // SOQL has no empty list: nothing is in it, everything is outside it
  if (operand.length === 0) return operator === 'in' || operator === 'includes' ? 'Id = null' : 'Id != null';
  return `${path} ${OPERATORS[operator]} (${operand.map((each) => literal(field, each)).join(', ')})`;
}

function literal(field: Pick<FieldDef, 'name' | 'type'>, operand: unknown): string {
  if (operand === null || operand === undefined) return 'null';
  if (field.type === 'date' || field.type === 'datetime') return dateLiteral(field, operand);
  if (field.type === 'boolean') return operand === true ? 'true' : 'false';
  return NUMERIC.has(field.type)
    ? String(Number(operand))
    : soqlString(typeof operand === 'string' ? operand : JSON.stringify(operand));
}

const NUMERIC: ReadonlySet<FieldType> = new Set<FieldType>(['int', 'double', 'currency', 'percent']);

type DateOperand = {
  readonly value?: string | null;
  readonly literal?: string | null;
  readonly range?: Readonly<Record<string, number>> | null;
};

function dateLiteral(field: Pick<FieldDef, 'name' | 'type'>, { value, literal, range }: DateOperand): string {
  if (literal != null) return literal;
  const [[span, count] = ['', undefined], ...others] = Object.entries(range ?? {});
  if (others.length > 0) throw new Error(`${field.name} cannot be compared with several ranges.`);
  if (count !== undefined) return `${span.toUpperCase()}:${count}`;
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
