import { isList, isObject, type Json, type JsonObject } from './change.ts';

const phrases: Readonly<Record<string, (value: string) => string>> = {
  atLeast: (value) => `at least ${value}`,
  atMost: (value) => `at most ${value}`,
  above: (value) => `more than ${value}`,
  below: (value) => `less than ${value}`,
  is: (value) => value,
  in: (value) => value,
  isNot: (value) => `not ${value}`,
  notIn: (value) => `not ${value}`,
  before: (value) => `before ${value}`,
  after: (value) => `after ${value}`,
  contains: (value) => `contains "${value}"`,
  startsWith: (value) => `starts with "${value}"`,
  endsWith: (value) => `ends with "${value}"`,
  matches: (value) => `matches "${value}"`,
  includesAny: (value) => `includes ${value}`,
  includesAll: (value) => `includes all of ${value}`,
  inGroup: (value) => `in the group ${value}`,
  notInGroup: (value) => `not in the group ${value}`,
  known: (value) => (value === 'yes' ? 'known' : 'not known'),
};

/** A comparison in words without its fact: `at least 50`. */
export function comparisonWords(comparison: Json): string {
  if (!isObject(comparison)) return valueWords(comparison);
  return Object.entries(comparison)
    .filter(([, bound]) => bound !== undefined)
    .map(([key, bound]) => {
      if (key === 'between' && isList(bound)) return `between ${bound.map(valueWords).join(' and ')}`;
      return phrases[key]?.(valueWords(bound)) ?? `${key} ${valueWords(bound)}`;
    })
    .join(' and ');
}

const groupWords: Readonly<Record<string, string>> = { all: 'all of', any: 'one of', none: 'none of' };

/** A condition in words: `Employees at least 50`, `one of (Calls at least 1; Source Web)`. */
export function conditionWords(condition: Json, titleOf: (fact: string) => string): string {
  if (!isObject(condition)) return valueWords(condition);
  const words = Object.entries(condition).map(([key, value]) => partWords(key, value, titleOf));
  return words.join(' and ');
}

function partWords(key: string, value: Json, titleOf: (fact: string) => string): string {
  const listed = (conditions: readonly Json[]): string =>
    conditions.map((each) => conditionWords(each, titleOf)).join('; ');
  if (groupWords[key] && isList(value)) return `${groupWords[key]} (${listed(value)})`;
  if (key === 'atLeast' && isObject(value) && isList(value['of'])) {
    return `at least ${valueWords(value['n'])} of (${listed(value['of'])})`;
  }
  if (key === 'condition') return `the condition ${valueWords(value)}`;
  return `${titleOf(key)} ${comparisonWords(value)}`;
}

const numbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 10 });

/** Any value in words, short: `50,000`, `yes`, `a or b`, `field: Lead.Industry`. */
export function valueWords(value: Json): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'number') return numbers.format(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  if (isList(value)) return value.map(valueWords).join(' or ');
  return objectWords(value);
}

const objectWords = (value: JsonObject): string =>
  Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([key, each]) => `${keyWords(key)}: ${isObject(each) ? `(${objectWords(each)})` : valueWords(each)}`)
    .join(', ');

/** `countsAgainst` → `counts against`. */
export const keyWords = (key: string): string =>
  key.replaceAll(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
