import { OrgError } from '../../data/org-error.ts';
import type { FieldDef, ObjectDef, Schema, UserContext } from '../../data/types.ts';
import { soqlContains, soqlString } from '../soql-literal.ts';
import type { FilterOperator, ListFilter, ListView } from './list-view.ts';

/** The conditions of a list view in SOQL; undefined when it shows every record. */
export function listCondition(
  schema: Schema,
  user: UserContext,
  object: ObjectDef,
  view: ListView,
): string | undefined {
  const filters = view.filters.map((filter) => toCondition(schema, object, filter));
  const joined = view.logic === undefined ? filters.join(' AND ') : byLogic(view, filters);
  const mine = view.mine ? `OwnerId = '${user.userId}'` : '';
  return [mine, joined && `(${joined})`].filter((each) => each !== '').join(' AND ') || undefined;
}

/** Puts the filters into `1 AND (2 OR 3)`. */
function byLogic({ name, logic = '' }: ListView, filters: readonly string[]): string {
  if (!/^[\d\s()]*((AND|OR|NOT)[\d\s()]*)*$/i.test(logic))
    throw new OrgError('INVALID_FILTER_VALUE', `The list view ${name} joins its filters by ${logic}.`);
  return logic.replaceAll(/\d+/g, (number) => {
    const filter = filters[Number(number) - 1];
    if (filter === undefined)
      throw new OrgError('INVALID_FILTER_VALUE', `The list view ${name} has no filter ${number}.`);
    return filter;
  });
}

const COMPARISONS: Readonly<Partial<Record<FilterOperator, string>>> = {
  equals: '=',
  notEqual: '!=',
  lessThan: '<',
  greaterThan: '>',
  lessOrEqual: '<=',
  greaterOrEqual: '>=',
};

function toCondition(schema: Schema, object: ObjectDef, { path, operator, values }: ListFilter): string {
  const field = fieldAt(schema, object, path);
  const negative = operator === 'notEqual' || operator === 'notContain';
  if (operator === 'includes' || operator === 'excludes')
    return `${path} ${operator.toUpperCase()} (${values.map(soqlString).join(', ')})`;
  const conditions = values.map((value) => one(path, field, operator, value));
  const all = conditions.length > 1 ? `(${conditions.join(negative ? ' AND ' : ' OR ')})` : (conditions[0] ?? '');
  return all;
}

function one(path: string, field: FieldDef | undefined, operator: FilterOperator, value: string): string {
  if (operator === 'contains') return `${path} LIKE ${soqlContains(value)}`;
  if (operator === 'notContain') return `(NOT ${path} LIKE ${soqlContains(value)})`;
  if (operator === 'startsWith') return `${path} LIKE ${soqlContains(value).replace("'%", "'")}`;
  return `${path} ${COMPARISONS[operator]} ${literal(path, field, value)}`;
}

function literal(path: string, field: FieldDef | undefined, value: string): string {
  if (value === '') return 'null';
  switch (field?.type) {
    case 'boolean':
      return String(value === '1' || value.toLowerCase() === 'true');
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      if (Number.isFinite(Number(value))) return String(Number(value));
      throw new OrgError('INVALID_FILTER_VALUE', `${path} cannot be compared with ${value}.`);
    case 'date':
    case 'datetime':
      return dateLiteral(path, field, value);
    default:
      return soqlString(value);
  }
}

/** `TODAY`, `LAST_N_DAYS:7`, `6/30/2026` or an ISO date. */
function dateLiteral(path: string, field: FieldDef, value: string): string {
  if (/^[A-Z_]+(:\d+)?$/.test(value)) return value;
  const instant = new Date(/^\d{4}-/.test(value) ? value : `${value} UTC`);
  if (Number.isNaN(instant.getTime()))
    throw new OrgError('INVALID_FILTER_VALUE', `${path} cannot be compared with ${value}.`);
  return field.type === 'date' ? instant.toISOString().slice(0, 10) : instant.toISOString();
}

/** The field at the end of a path; undefined if a step is not there. */
export function fieldAt(schema: Schema, object: ObjectDef, path: string): FieldDef | undefined {
  const [step = '', ...rest] = path.split('.');
  if (rest.length === 0) return schema.field(object, step);
  const targets = schema.relationship(object, step)?.referenceTo ?? [];
  for (const target of [...targets].toSorted((a, b) => Number(b === 'User') - Number(a === 'User'))) {
    const parent = schema.find(target);
    const found = parent && fieldAt(schema, parent, rest.join('.'));
    if (found) return found;
  }
  return undefined;
}
