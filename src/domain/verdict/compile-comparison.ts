import type { Agreement, Comparison, Scalar } from '../agreement/schema.ts';
import type { FactValue } from '../timeline/timeline.ts';
import { dateTest } from './date-test.ts';
import { codeOf, met, not, unknown, type OutcomeCode } from './outcome-code.ts';
import { patternTest } from './pattern-test.ts';

/** Judges one value. */
export type Test = (value: FactValue) => OutcomeCode;

/** What comparisons mean beyond their own words. */
export type ComparisonContext = Pick<Agreement, 'groups' | 'timeZone'>;

/**
 * Compiles a criterion's comparisons, all of which must hold.
 *
 * Text is compared as the CRM compares it, without regard to case. A value of another type than the comparison needs is
 * unknown, like a missing one: it cannot be judged.
 */
export function compileComparison(comparison: Comparison, context: ComparisonContext): Test {
  const tests = Object.entries(comparison).flatMap(([key, bound]) =>
    bound === undefined ? [] : [compilers[key as keyof Comparison](bound, context)],
  );
  const [first, ...rest] = tests;
  if (!first) throw new Error('A criterion compares nothing: the agreement was not checked.');
  if (rest.length === 0) return first;
  return (value) => {
    let code: OutcomeCode = met;
    for (const test of tests) code = Math.min(code, test(value)) as OutcomeCode;
    return code;
  };
}

/** The values of the named groups, each once. */
export function groupValues(names: Scalar | readonly Scalar[], { groups = {} }: Pick<Agreement, 'groups'>): string[] {
  return [...new Set([names].flat().flatMap((name) => groups[String(name)]?.values ?? []))];
}

type Bound = Scalar | readonly Scalar[];
type Compiler = (bound: Bound, context: ComparisonContext) => Test;

const ordered =
  (holds: (value: number, bound: number) => boolean): Compiler =>
  (bound) => {
    const limit = Number(bound);
    return (value) => (typeof value === 'number' ? codeOf(holds(value, limit)) : unknown);
  };

const textual =
  (holds: (value: string, part: string) => boolean): Compiler =>
  (bound) => {
    const part = String(bound).toLowerCase();
    return (value) => (typeof value === 'string' ? codeOf(holds(value.toLowerCase(), part)) : unknown);
  };

function oneOf(bound: Bound): Test {
  const listed = [bound].flat();
  const texts = new Set(listed.filter((value) => typeof value === 'string').map((value) => value.toLowerCase()));
  const others = new Set<FactValue>(listed.filter((value) => typeof value !== 'string'));
  const otherTypes = new Set([...others].map((value) => typeof value));
  return (value) => {
    if (typeof value === 'string') return texts.size === 0 ? unknown : codeOf(texts.has(value.toLowerCase()));
    return otherTypes.has(typeof value) ? codeOf(others.has(value)) : unknown;
  };
}

const opposite =
  (compile: Compiler): Compiler =>
  (bound, context) => {
    const test = compile(bound, context);
    return (value) => not(test(value));
  };

const inGroup: Compiler = (bound, context) => oneOf(groupValues(bound, context));

const between: Compiler = (bound, { timeZone }) => {
  const [first = 0, last = 0] = [bound].flat();
  if (typeof first === 'string' || typeof last === 'string') {
    const early = dateTest('before', String(first), timeZone);
    const late = dateTest('after', String(last), timeZone);
    return (value) => Math.min(not(early(value)), not(late(value))) as OutcomeCode;
  }
  return (value) => (typeof value === 'number' ? codeOf(value >= Number(first) && value <= Number(last)) : unknown);
};

const pattern: Compiler = (bound) => {
  const fits = patternTest(String(bound));
  return (value) => (typeof value === 'string' ? codeOf(fits(value)) : unknown);
};

/** Multi-select values are written with semicolons between them. */
const listed =
  (holds: (wanted: readonly string[], given: ReadonlySet<string>) => boolean): Compiler =>
  (bound) => {
    const wanted = [bound].flat().map((value) => String(value).trim().toLowerCase());
    return (value) => {
      if (typeof value !== 'string') return unknown;
      return codeOf(holds(wanted, new Set(value.split(';').map((each) => each.trim().toLowerCase()))));
    };
  };

const compilers: Readonly<Record<keyof Comparison, Compiler>> = {
  atLeast: ordered((value, bound) => value >= bound),
  atMost: ordered((value, bound) => value <= bound),
  above: ordered((value, bound) => value > bound),
  below: ordered((value, bound) => value < bound),
  between,
  before: (bound, { timeZone }) => dateTest('before', String(bound), timeZone),
  after: (bound, { timeZone }) => dateTest('after', String(bound), timeZone),
  is: oneOf,
  in: oneOf,
  isNot: opposite(oneOf),
  notIn: opposite(oneOf),
  inGroup,
  notInGroup: opposite(inGroup),
  contains: textual((value, part) => value.includes(part)),
  startsWith: textual((value, part) => value.startsWith(part)),
  endsWith: textual((value, part) => value.endsWith(part)),
  matches: pattern,
  includesAny: listed((wanted, given) => wanted.some((each) => given.has(each))),
  includesAll: listed((wanted, given) => wanted.every((each) => given.has(each))),
  known: (bound) => (value) => codeOf((value !== undefined) === bound),
};
