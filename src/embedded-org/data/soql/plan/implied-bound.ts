import type { ConditionWithValueQuery } from '@jetstreamapp/soql-parser-js';
import type { ConditionTree } from '../parse/condition-tree.ts';

type Bound = { readonly field: string; readonly value: string; readonly leaf: ConditionTree };

/**
 * Adds to `(a = 1 AND b > 2) OR a > 1` the bound that it implies, `a >= 1`.
 *
 * SQLite does not see it by itself, and would sort all rows from there on instead of reading one page of an index. The
 * double negation changes nothing but hides the alternatives from it, for which it would look up an index each.
 */
export function withImpliedBound(tree: ConditionTree): ConditionTree {
  if (tree.kind === 'and') return { kind: 'and', parts: tree.parts.map(withImpliedBound) };
  const bound = tree.kind === 'or' ? boundOf(tree) : undefined;
  if (bound === undefined) return tree;
  return { kind: 'and', parts: [bound.leaf, { kind: 'not', part: { kind: 'not', part: tree } }] };
}

function boundOf(tree: ConditionTree): Bound | undefined {
  if (tree.kind === 'leaf') return boundOfLeaf(tree.condition);
  if (tree.kind === 'and') return tree.parts.map(boundOf).find((each) => each !== undefined);
  if (tree.kind === 'not') return undefined;
  const [first, ...rest] = tree.parts.map(boundOf);
  const isShared = rest.every((each) => each?.field === first?.field && each?.value === first?.value);
  return isShared ? first : undefined;
}

/** Only instants: text and dates have other orders than that of their letters, or literals that span a period. */
function boundOfLeaf(condition: ConditionWithValueQuery): Bound | undefined {
  if (!('field' in condition) || !('value' in condition) || Array.isArray(condition.value)) return undefined;
  const isLower = condition.operator === '=' || condition.operator === '>' || condition.operator === '>=';
  if (!isLower || condition.literalType !== 'DATETIME') return undefined;
  const leaf: ConditionTree = { kind: 'leaf', condition: { ...condition, operator: '>=' } };
  return { field: condition.field.toLowerCase(), value: condition.value, leaf };
}
