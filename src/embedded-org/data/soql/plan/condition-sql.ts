import type {
  ConditionWithValueQuery,
  Operator,
  ValueCondition,
  ValueQueryCondition,
} from '@jetstreamapp/soql-parser-js';
import { foldCase } from '../../database.ts';
import type { Binder } from './binder.ts';
import type { ConditionTree } from '../parse/condition-tree.ts';
import { foldAlternatives } from './fold-alternatives.ts';
import { readLiteral, type Literal } from './literal.ts';
import { isText, type Operand } from './operand.ts';
import type { QueryRequest } from './scope.ts';
import { readPattern, readText } from '../parse/string-literal.ts';

/** What a condition needs of the SELECT it stands in. */
export type ConditionContext = {
  readonly request: QueryRequest;
  readonly binder: Binder;
  /** The left side of a condition as SQL; throws for fields that cannot be filtered. */
  readonly operand: (condition: ConditionWithValueQuery) => Operand;
  /** The SELECT of a semi-join, as a list of ids. */
  readonly subselect: (condition: ValueQueryCondition) => string;
};

/** Most values of an IN list written out one by one; a longer list is bound as one JSON value. */
const LONGEST_LIST = 50;

/** Most conditions of one chain from which SQLite may choose those that an index answers. */
const MOST_WEIGHED = 64;

/**
 * Writes a condition as SQL.
 *
 * SOQL has two truth values: a comparison with an empty field is false, and its negation is true, so `!=`, NOT, NOT IN
 * and EXCLUDES are true for empty fields.
 */
export function conditionSql(context: ConditionContext, tree: ConditionTree): string {
  if (tree.kind === 'leaf') return leafSql(context, tree.condition);
  if (tree.kind === 'not') return negated(conditionSql(context, tree.part));
  const many = tree.kind === 'or' && tree.parts.length > MOST_WEIGHED;
  const trees = many ? foldAlternatives(tree.parts) : tree.parts;
  return chained(
    trees.map((part) => conditionSql(context, part)),
    tree.kind,
  );
}

/** Beyond so many conditions SQLite sees one: it weighs each against each other, which takes seconds for thousands. */
function chained(parts: readonly string[], operator: 'and' | 'or'): string {
  if (parts.length <= MOST_WEIGHED) return joined(parts, operator);
  if (operator === 'or') return `+${joined(parts, operator)}`;
  return `(${joined(parts.slice(0, MOST_WEIGHED), operator)} and +${joined(parts.slice(MOST_WEIGHED), operator)})`;
}

/** Nests evenly, because SQLite counts every part of a flat chain as one more level and allows a thousand. */
function joined(parts: readonly string[], operator: 'and' | 'or'): string {
  if (parts.length <= 2) return `(${parts.join(` ${operator} `)})`;
  const middle = parts.length >> 1;
  return `(${joined(parts.slice(0, middle), operator)} ${operator} ${joined(parts.slice(middle), operator)})`;
}

const negated = (sql: string): string => `((${sql}) is not true)`;

function leafSql(context: ConditionContext, condition: ConditionWithValueQuery): string {
  context.request.errors.about(condition);
  if (!('operator' in condition)) throw context.request.errors.malformed('unexpected token: NOT');
  const operand = context.operand(condition);
  if ('valueQuery' in condition) return semiJoinSql(context, operand, condition);
  const { value } = condition;
  const operator = condition.operator.toUpperCase() as Operator;
  if (operator === 'LIKE') return likeSql(context, operand, String(value));
  if (operator === 'INCLUDES' || operator === 'EXCLUDES') return includesSql(context, operand, operator, asList(value));
  const literals = readLiterals(context, operand, condition as ValueCondition);
  if (operator === 'IN') return anyOfSql(context, operand, literals);
  if (operator === 'NOT IN') return negated(anyOfSql(context, operand, literals));
  return comparisonSql(context, operand, operator, literals[0] ?? { kind: 'null' });
}

const asList = (value: string | string[]): readonly string[] => (Array.isArray(value) ? value : [value]);

function readLiterals(context: ConditionContext, operand: Operand, condition: ValueCondition): Literal[] {
  const types = condition.literalType;
  const literals = new Map(
    asList(condition.value).map((text, index) => [text, String(Array.isArray(types) ? types[index] : types)]),
  );
  return [...literals].map(([text, type]) => readLiteral(context.request, operand, text, type));
}

function comparisonSql(context: ConditionContext, operand: Operand, operator: Operator, literal: Literal): string {
  if (operator === '=') return equalsSql(context, operand, literal);
  if (operator === '!=') return negated(equalsSql(context, operand, literal));
  if (operand.comparison === 'boolean' || operand.comparison === 'multi') throw invalidOperator(context, operand);
  if (literal.kind === 'null') return '0';
  const value = boundOf(literal, operator);
  const overRange = literal.kind === 'range' ? RANGE_OPERATORS[operator] : operator;
  return `${leftOf(operand, value)} ${overRange ?? operator} ${context.binder.bind(rightOf(operand, value))}`;
}

/** Against a whole period: `<` means before its first instant, `>` means from its end on. */
const RANGE_OPERATORS: Readonly<Partial<Record<Operator, string>>> = { '<': '<', '<=': '<', '>': '>=', '>=': '>=' };

function boundOf(literal: Exclude<Literal, { kind: 'null' }>, operator: Operator): Value {
  if (literal.kind === 'value') return literal.value;
  return operator === '<' || operator === '>=' ? literal.from : literal.to;
}

function equalsSql(context: ConditionContext, operand: Operand, literal: Literal): string {
  if (literal.kind === 'null') return operand.comparison === 'boolean' ? '0' : `${operand.sql} is null`;
  if (literal.kind === 'range') {
    return `(${operand.sql} >= ${context.binder.bind(literal.from)} and ${operand.sql} < ${context.binder.bind(literal.to)})`;
  }
  const right = rightOf(operand, literal.value);
  return `${leftOf(operand, literal.value)} = ${context.binder.bind(right)}`;
}

type Value = string | number | null;

/** The left side of every comparison with such a value: text without regard to case, a missing checkbox as false. */
function leftOf(operand: Operand, value: Value): string {
  if (operand.comparison === 'boolean') return `coalesce(${operand.sql}, 0)`;
  if (!isText(operand)) return operand.sql;
  return isAscii(value) ? `${operand.sql} collate nocase` : `org_fold(${operand.sql})`;
}

/** A value as the left side is compared with it. */
const rightOf = (operand: Operand, value: Value): Value =>
  isText(operand) && !isAscii(value) ? foldCase(value) : value;

/** One list for all values of one left side. */
function anyOfSql(context: ConditionContext, operand: Operand, literals: readonly Literal[]): string {
  const values = literals.flatMap((literal) => (literal.kind === 'value' ? [literal.value] : []));
  const others = literals.filter((literal) => literal.kind !== 'value');
  const parts = others.map((literal) => equalsSql(context, operand, literal));
  for (const [left, alike] of Map.groupBy(values, (value) => leftOf(operand, value))) {
    const list = alike.map((value) => rightOf(operand, value));
    parts.push(`${left} in (${listSql(context, list)})`);
  }
  return parts.length === 0 ? '0' : joined(parts, 'or');
}

function listSql({ binder }: ConditionContext, list: readonly Value[]): string {
  if (list.length > LONGEST_LIST) return `select value from json_each(${binder.bind(JSON.stringify(list))})`;
  return list.map((value) => binder.bind(value)).join(', ');
}

function likeSql(context: ConditionContext, operand: Operand, literal: string): string {
  if (operand.comparison !== 'text' && operand.comparison !== 'exact') throw invalidOperator(context, operand);
  const pattern = readPattern(context.request, literal);
  if (isAscii(pattern)) return `${operand.sql} like ${context.binder.bind(pattern)} escape '\\'`;
  return `org_fold(${operand.sql}) like ${context.binder.bind(foldCase(pattern))} escape '\\'`;
}

/** `INCLUDES ('a;b', 'c')`: a and b both chosen, or c. */
function includesSql(
  context: ConditionContext,
  operand: Operand,
  operator: Operator,
  literals: readonly string[],
): string {
  if (operand.comparison !== 'multi') throw invalidOperator(context, operand);
  const chosen = `';' || org_fold(${operand.sql}) || ';'`;
  const alternatives = literals.map((literal) => {
    const values = readText(context.request, literal)
      .split(';')
      .filter((each) => each !== '');
    return values.map((value) => `instr(${chosen}, ${context.binder.bind(`;${foldCase(value)};`)}) > 0`).join(' and ');
  });
  const sql = alternatives.map((each) => `(${each || '0'})`).join(' or ');
  return operator === 'INCLUDES' ? `(${sql})` : negated(sql);
}

function semiJoinSql(context: ConditionContext, operand: Operand, condition: ValueQueryCondition): string {
  const sql = `${operand.sql} in (${context.subselect(condition)})`;
  return condition.operator === 'NOT IN' ? negated(sql) : sql;
}

function invalidOperator(context: ConditionContext, operand: Operand): Error {
  const reason =
    operand.comparison === 'id' ? 'invalid operator on id field' : `invalid operator on ${operand.typeName} field`;
  return context.request.errors.invalidField(reason, operand.name);
}

// eslint-disable-next-line no-control-regex -- the question is whether every character is ASCII
const isAscii = (value: unknown): boolean => typeof value !== 'string' || /^[\x00-\x7f]*$/.test(value);
