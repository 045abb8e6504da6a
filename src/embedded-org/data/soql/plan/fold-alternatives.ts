import type { ConditionWithValueQuery, LiteralType, ValueCondition } from '@jetstreamapp/soql-parser-js';
import type { ConditionTree } from '../parse/condition-tree.ts';

type Equality = ValueCondition & { readonly value: string };

/**
 * Turns `a = 1 OR a = 2 OR b > 3` into `a IN (1, 2) OR b > 3`.
 *
 * The same, but SQLite compares every alternative with every other, and looks a list up in one step.
 */
export function foldAlternatives(alternatives: readonly ConditionTree[]): readonly ConditionTree[] {
  const others: ConditionTree[] = [];
  const lists = new Map<string, Equality[]>();
  for (const part of alternatives) {
    const condition = part.kind === 'leaf' ? part.condition : undefined;
    if (condition === undefined || !isEquality(condition)) others.push(part);
    else {
      const key = condition.field.toLowerCase();
      const list = lists.get(key);
      if (list === undefined) lists.set(key, [condition]);
      else list.push(condition);
    }
  }
  return [...[...lists.values()].map(toList), ...others];
}

function isEquality(condition: ConditionWithValueQuery): condition is Equality {
  return 'field' in condition && 'value' in condition && condition.operator === '=' && !Array.isArray(condition.value);
}

function toList(equalities: readonly Equality[]): ConditionTree {
  const value = equalities.map((each) => each.value);
  const literalType = equalities.map((each) => each.literalType as LiteralType);
  const field = equalities[0]?.field ?? '';
  return { kind: 'leaf', condition: { field, operator: 'IN', value, literalType } };
}
