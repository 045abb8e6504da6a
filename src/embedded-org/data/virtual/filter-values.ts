import type { ConditionWithValueQuery, Query } from '@jetstreamapp/soql-parser-js';
import { unquote } from '../soql/parse/string-literal.ts';

/** The paths that the WHERE clause of a query names, in lower case. */
export function filterPaths(query: Query): readonly string[] {
  return conditions(query).flatMap((each) => ('field' in each ? [each.field.toLowerCase()] : []));
}

/** The texts that a field is compared with by `=` or IN; nothing if it is not, or if conditions are joined by OR or NOT. */
export function filterValues(query: Query, fieldName: string): readonly string[] {
  if (!isConjunction(query)) return [];
  return conditions(query).flatMap((each) => {
    if (!('field' in each) || !('value' in each) || each.field.toLowerCase() !== fieldName.toLowerCase()) return [];
    if (each.operator !== '=' && each.operator !== 'IN') return [];
    const values = Array.isArray(each.value) ? each.value : [each.value];
    return values.filter((value): value is string => typeof value === 'string').map(unquote);
  });
}

function isConjunction(query: Query): boolean {
  for (let clause = query.where; clause !== undefined; clause = 'right' in clause ? clause.right : undefined) {
    if ('operator' in clause && clause.operator !== 'AND') return false;
  }
  return true;
}

function conditions(query: Query): readonly ConditionWithValueQuery[] {
  const found: ConditionWithValueQuery[] = [];
  for (let clause = query.where; clause !== undefined; clause = 'right' in clause ? clause.right : undefined) {
    if (clause.left !== null && 'operator' in clause.left) found.push(clause.left);
  }
  return found;
}
