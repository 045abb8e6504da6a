import type { Comparison, Fact } from './schema.ts';

/** What kind of value a fact has; `field` depends on the org, `any` on the event. */
export type FactType = 'number' | 'text' | 'field' | 'any';

/** What a value is compared as. */
export type ValueType = 'number' | 'text' | 'boolean' | 'date' | 'list';

/** The type of what a fact gives, which a comparison has to fit. */
export function factType(fact: Fact): FactType {
  if ('field' in fact) return 'field';
  if ('latest' in fact) return 'any';
  return 'emailDomain' in fact || 'owner' in fact ? 'text' : 'number';
}

/** The types that each comparison is for; the others compare a value with one of its own type. */
const typesOf: Readonly<Partial<Record<keyof Comparison, readonly ValueType[]>>> = {
  atLeast: ['number'],
  atMost: ['number'],
  above: ['number'],
  below: ['number'],
  between: ['number', 'date'],
  before: ['date'],
  after: ['date'],
  inGroup: ['text'],
  notInGroup: ['text'],
  contains: ['text', 'list'],
  startsWith: ['text'],
  endsWith: ['text'],
  matches: ['text'],
  includesAny: ['list'],
  includesAll: ['list'],
};

/** The comparisons and values of a criterion that do not fit a value of the type. */
export function misfits(comparison: Comparison, type: ValueType): readonly (keyof Comparison)[] {
  const valueType = type === 'number' || type === 'boolean' ? type : 'string';
  return (Object.keys(comparison) as (keyof Comparison)[]).filter((key) => {
    const given = comparison[key];
    if (given === undefined || key === 'known') return false;
    if (typesOf[key]?.includes(type) === false) return true;
    const isValue = key === 'between' || typesOf[key] === undefined;
    return isValue && [given].flat().some((value) => typeof value !== valueType);
  });
}
