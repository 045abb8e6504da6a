import type { Comparison, Condition, Where } from '../../domain/agreement/schema.ts';

type Wanted = Where[string];

/** What the values of a field are compared as. */
export type ComparedAs = 'number' | 'text' | 'boolean' | 'unknown';

type Build = (value: string, as: ComparedAs) => Comparison | { readonly not: Comparison } | undefined;

const scalarOf = (text: string, as: ComparedAs): string | number | boolean | undefined => {
  if (as === 'boolean') return booleanOf(text);
  if (as === 'text') return text === '' ? undefined : text;
  const number = numberOf(text);
  if (as === 'number') return number;
  return text === '' ? undefined : text;
};

const booleanOf = (text: string): boolean | undefined =>
  /^(true|yes|1)$/i.test(text) ? true : /^(false|no|0)$/i.test(text) ? false : undefined;

const numberOf = (text: string): number | undefined => {
  const plain = text.replace(/(?<=\d),(?=\d{3}\b)/g, '');
  return plain !== '' && Number.isFinite(Number(plain)) ? Number(plain) : undefined;
};

const listOf = (text: string): readonly string[] =>
  text
    .split(/\s*[;|]\s*/)
    .map((each) => each.trim())
    .filter((each) => each !== '');

const equal: Build = (text, as) => {
  const values = listOf(text).flatMap((each) => scalarOf(each, as) ?? []);
  if (values.length === 0 || values.length < listOf(text).length) return undefined;
  return values.length === 1 ? { is: values[0] as string } : { in: values };
};
const unequal: Build = (text, as) => {
  const same = equal(text, as);
  if (!same || 'not' in same) return undefined;
  return same.in ? { notIn: same.in } : { isNot: same.is };
};
const bound =
  (key: 'atLeast' | 'atMost' | 'above' | 'below'): Build =>
  (text) => {
    const number = numberOf(text);
    return number === undefined ? undefined : { [key]: number };
  };
const part =
  (key: 'contains' | 'startsWith' | 'endsWith' | 'matches'): Build =>
  (text, as) =>
    text === '' || as === 'number' || as === 'boolean' ? undefined : { [key]: text };
const between: Build = (text) => {
  const [low, high] = text
    .split(/\s+(?:and|to|-)\s+|\s*\.\.\s*|\s*[;|–]\s*|(?<=\d)\s*-\s*(?=\d)/i)
    .map((each) => numberOf(each));
  return low === undefined || high === undefined ? undefined : { between: [low, high] };
};
const absent =
  (build: Build): Build =>
  (text, as) => {
    const positive = build(text, as);
    return positive && !('not' in positive) ? { not: positive } : undefined;
  };

const words: readonly (readonly [readonly string[], Build])[] = [
  [['', 'is', 'equals', '=', '==', 'isequalto', 'isanyof', 'isoneof', 'in', 'isexactly', 'eq'], equal],
  [['isnot', 'notequal', 'notequals', '!=', '<>', 'isnotequalto', 'doesnotequal', 'isnoneof', 'notin', 'neq'], unequal],
  [['contains', 'containsanyof', 'includes'], part('contains')],
  [['doesnotcontain', 'notcontains', 'doesntcontain'], absent(part('contains'))],
  [['startswith', 'beginswith'], part('startsWith')],
  [['endswith'], part('endsWith')],
  [['matches', 'like'], part('matches')],
  [['>', 'greaterthan', 'isgreaterthan', 'morethan', 'ismorethan', 'gt'], bound('above')],
  [
    ['>=', '≥', 'atleast', 'isatleast', 'greaterthanorequalto', 'isgreaterthanorequalto', 'greaterorequal', 'gte'],
    bound('atLeast'),
  ],
  [['<', 'lessthan', 'islessthan', 'lt'], bound('below')],
  [
    ['<=', '≤', 'atmost', 'isatmost', 'lessthanorequalto', 'islessthanorequalto', 'lessorequal', 'lte'],
    bound('atMost'),
  ],
  [['between', 'isbetween'], between],
  [['isknown', 'known', 'exists', 'isnotblank', 'isnotempty', 'hasvalue', 'hasanyvalue'], () => ({ known: true })],
  [['isunknown', 'unknown', 'isblank', 'isempty', 'notexists', 'doesnotexist'], () => ({ known: false })],
];

/** Turns an operator and a value, as score tables word them, into a condition on a fact; a text says why it cannot be. */
export function scoreCondition(fact: string, operator: string, value: string, as: ComparedAs): Condition | string {
  const word = operator.toLowerCase().replace(/[\s_']/g, '');
  const build = words.find(([names]) => names.includes(word))?.[1];
  if (!build) return `The operator "${operator}" is not known.`;
  const compared = operator === '' && value === '' ? { known: true } : build(value, as);
  if (!compared) return `"${value}" does not fit ${operator === '' ? 'the property' : `the operator "${operator}"`}.`;
  return 'not' in compared ? { none: [{ [fact]: compared.not }] } : { [fact]: compared };
}

/** Keeps the pages of a line: by a pattern where the operator says which they are, by a comparison where it says a part. */
export function pageFilter(operator: string, value: string): { readonly path: Wanted } | { readonly reason: string } {
  const when = scoreCondition('path', operator, value, 'text');
  if (typeof when === 'string') return { reason: when };
  const { path } = when as { readonly path?: Comparison };
  const { is, in: among, matches, contains } = path ?? {};
  const plain = is ?? among ?? matches;
  if (plain !== undefined) return { path: plain as Wanted };
  if (contains?.includes('*')) return { path: `*${contains}*`.replace(/\*{2,}/g, '*') };
  if (path && ['contains', 'startsWith', 'endsWith'].some((key) => key in path)) return { path };
  return { reason: `The operator "${operator}" does not say which pages count.` };
}
