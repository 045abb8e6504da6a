import type { Query, ValueQueryCondition } from '@jetstreamapp/soql-parser-js';
import type { ObjectDef } from '../../types.ts';
import { isVirtual } from '../../virtual/virtual-objects.ts';
import { refuseAggregates } from './aggregate-rules.ts';
import type { ConditionTree } from '../parse/condition-tree.ts';
import type { QueryErrors } from '../parse/query-error.ts';
import type { Column } from '../plan/scope.ts';

const MOST_SEMI_JOINS = 2;
const TOP_LEVEL_ONLY =
  'Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions.';

/** Which query a WHERE clause belongs to; semi-joins stand in that of the outermost one only. */
export type WherePlace = 'outer' | 'semi-join' | 'child';

/** Refuses semi- and anti-joins where the platform does: more than two, next to OR, a level down, or in an inner query. */
export function checkSemiJoins(errors: QueryErrors, tree: ConditionTree, place: WherePlace): void {
  const joins = semiJoins(tree);
  const [first] = joins;
  if (first === undefined) return;
  const refuse = (reason: string, condition: ValueQueryCondition): never => {
    throw errors.about(condition).malformed(reason, condition.field);
  };
  if (place === 'semi-join') refuse('Nesting of semi join sub-selects is not supported', first);
  if (place === 'child') refuse(TOP_LEVEL_ONLY, first);
  const parts = tree.kind === 'and' || tree.kind === 'or' ? tree.parts : [tree];
  const nested = parts.find((part) => part.kind !== 'leaf' && semiJoins(part).length > 0);
  if (nested !== undefined) refuse(TOP_LEVEL_ONLY, semiJoins(nested)[0] ?? first);
  if (tree.kind === 'or') refuse("Semi join sub-selects are not allowed with the 'OR' operator", first);
  const third = joins[MOST_SEMI_JOINS];
  if (third !== undefined) refuse(`Maximum ${MOST_SEMI_JOINS} semi join sub-selects are allowed`, third);
}

function semiJoins(tree: ConditionTree): readonly ValueQueryCondition[] {
  if (tree.kind === 'not') return semiJoins(tree.part);
  if (tree.kind !== 'leaf') return tree.parts.flatMap(semiJoins);
  return 'valueQuery' in tree.condition ? [tree.condition] : [];
}

/** Objects that an inner SELECT cannot read, as documented; ContentDocumentLink as reported. */
const NOT_INNER: ReadonlySet<string> = new Set([
  'ActivityHistory',
  'Attachment',
  'ContentDocumentLink',
  'Event',
  'EventAttendee',
  'Note',
  'OpenActivity',
  'Task',
]);

/**
 * Refuses an inner SELECT over the outer object, over activities, over objects whose rows depend on the query, or with
 * clauses that it cannot have.
 */
export function checkInnerSelect(errors: QueryErrors, outer: ObjectDef, inner: ObjectDef, query: Query): void {
  errors.about(query);
  if (NOT_INNER.has(inner.name) || isVirtual(inner)) {
    throw errors.malformed(`Entity '${inner.name}' is not supported for semi join inner selects`, query.sObject);
  }
  if (inner.name === outer.name) {
    throw errors.malformed('The inner and outer selects should not be on the same object type', query.sObject);
  }
  const clauses = { GROUP: query.groupBy, HAVING: query.having, ORDER: query.orderBy, LIMIT: query.limit };
  for (const [word, clause] of Object.entries({ ...clauses, OFFSET: query.offset })) {
    if (clause !== undefined) throw errors.malformed(`missing value at '${word}'`, word);
  }
  refuseAggregates(errors, query);
}

/** The path that an inner SELECT asks for: one field of its own object. */
export function innerField(errors: QueryErrors, query: Query): string {
  const [selected, second] = query.fields ?? [];
  errors.about(second ?? selected ?? query);
  if (selected?.type === 'Field' && second === undefined) return selected.field;
  const path = selected?.type === 'FieldRelationship' ? (selected.rawValue ?? selected.field) : undefined;
  if (path !== undefined && second === undefined) throw notAnId(errors, path);
  throw errors.malformed('semi join sub selects can only query one field', '');
}

/** One side of a semi-join: a field as the query names it, and what it was found to be. */
type Side = { readonly path: string; readonly column: Column; readonly object: ObjectDef };

/** Refuses a semi-join unless both sides hold ids of records of one object. */
export function checkSameTarget(errors: QueryErrors, left: Side, inner: Side): void {
  if (targets(inner).length === 0) throw notAnId(errors, inner.path);
  if (left.column.path.length > 1 || targets(left).length === 0) {
    const rule = 'The left operand field in the where expression for outer query should be an id field';
    throw errors.malformed(`${rule}, cannot use: '${left.path}'`, left.path);
  }
  if (targets(left).some((target) => targets(inner).includes(target))) return;
  throw errors.malformed(
    `The selected field '${inner.path}' in the subquery and the left operand field in the where expression in the outer query '${left.path}' should point to the same object type`,
    left.path,
  );
}

/** Objects whose records a field may name. */
function targets({ column: { field }, object }: Side): readonly string[] {
  if (field.type === 'id') return [object.name];
  return field.type === 'reference' ? (field.referenceTo ?? []) : [];
}

const notAnId = (errors: QueryErrors, path: string): Error =>
  errors.malformed(`semi join sub selects can only query id fields, cannot use: '${path}'`, path);
