import type { Comparison, Fact } from './schema.ts';

/** What kind of value a fact has; `field` depends on the org. */
export type FactType = 'number' | 'text' | 'field';

export function factType(fact: Fact): FactType {
  if ('field' in fact) return 'field';
  return 'emailDomain' in fact ? 'text' : 'number';
}

const numberOnly = ['atLeast', 'atMost', 'above', 'below'] as const;
const textOnly = ['contains', 'startsWith'] as const;

/** The comparisons and values of a criterion that do not fit a value of the type. */
export function misfits(comparison: Comparison, type: 'number' | 'text' | 'boolean'): readonly (keyof Comparison)[] {
  const wrong: (keyof Comparison)[] = [];
  if (type !== 'number') wrong.push(...numberOnly.filter((key) => comparison[key] !== undefined));
  if (type !== 'text') wrong.push(...textOnly.filter((key) => comparison[key] !== undefined));
  const valueType = type === 'text' ? 'string' : type;
  for (const key of ['is', 'isNot', 'in', 'notIn'] as const) {
    const given = comparison[key];
    if (given !== undefined && [given].flat().some((value) => typeof value !== valueType)) wrong.push(key);
  }
  return wrong;
}
