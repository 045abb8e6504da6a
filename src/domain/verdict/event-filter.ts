import { parseDuration } from '../agreement/duration.ts';
import { factEvents, factWhere } from '../agreement/fact-source.ts';
import type { Fact, Where } from '../agreement/schema.ts';
import type { EventKind, Scalar, TimelineEvent } from '../timeline/timeline.ts';
import { compileComparison, type ComparisonContext } from './compile-comparison.ts';
import { met } from './outcome-code.ts';
import { patternTest } from './pattern-test.ts';

export type EventFilter = {
  readonly kind: EventKind;
  readonly matches: (event: TimelineEvent) => boolean;
  /** Length of the window that ends now; Infinity looks at everything so far. */
  readonly within: number;
};

/** Half-lives after which an event counts nothing any more: what is left of it is far below every bound. */
const longestDecay = 50;

/** Which events a fact is about; undefined for facts about anything else. */
export function eventFilter(fact: Fact, context: ComparisonContext): EventFilter | undefined {
  const kind = factEvents(fact);
  if (kind === undefined) return undefined;
  const window = 'within' in fact && fact.within !== undefined ? spanOf(fact.within) : Infinity;
  const within = Math.min(window, (halfLife(fact) ?? Infinity) * longestDecay);
  return { kind, matches: compileWhere(factWhere(fact), context), within };
}

/** The half-life of a fact's events, in milliseconds; undefined where every event counts in full. */
export const halfLife = (fact: Fact): number | undefined =>
  'decay' in fact && fact.decay !== undefined ? spanOf(fact.decay) : undefined;

function spanOf(written: string): number {
  const span = parseDuration(written);
  if (span === undefined) throw new Error('A window is no span of time: the agreement was not checked.');
  return span;
}

/** The events that a fact counts at `now`: after the start of its window, up to now, never later. */
export function isInWindow(filter: EventFilter, event: TimelineEvent, now: number): boolean {
  return event.kind === filter.kind && event.at <= now && event.at > now - filter.within && filter.matches(event);
}

/** The usual filter: one attribute that has one of some values. */
function oneAttribute(attribute: string, wanted: readonly (string | number | boolean)[]): EventFilter['matches'] {
  const values = new Set(wanted.map(foldAttribute));
  return (event) => values.has(foldAttribute(event.attributes[attribute]));
}

type AttributeTest = { readonly attribute: string; readonly fits: (value: Scalar | undefined) => boolean };

function compileWhere(where: Where, context: ComparisonContext): EventFilter['matches'] {
  const [[attribute, plain] = []] = Object.entries(where);
  const isPlain = plain !== undefined && (typeof plain !== 'object' || Array.isArray(plain));
  if (attribute !== undefined && isPlain && Object.keys(where).length === 1 && ![plain].flat().some(isPattern)) {
    return oneAttribute(attribute, [plain].flat());
  }
  const tests = Object.entries(where).map(([attribute, wanted]): AttributeTest => {
    const isComparison = typeof wanted === 'object' && !Array.isArray(wanted);
    return { attribute, fits: isComparison ? comparisonTest(wanted, context) : valueTest([wanted].flat()) };
  });
  if (tests.length === 0) return () => true;
  return (event) => tests.every(({ attribute, fits }) => fits(event.attributes[attribute]));
}

/** An attribute that is missing or of another type fits no comparison. */
function comparisonTest(comparison: object, context: ComparisonContext): AttributeTest['fits'] {
  const test = compileComparison(comparison, context);
  return (value) => test(value === null || value === '' ? undefined : value) === met;
}

function valueTest(wanted: readonly (string | number | boolean)[]): AttributeTest['fits'] {
  const values = new Set(wanted.map(foldAttribute));
  const patterns = wanted.filter(isPattern).map((value) => patternTest(String(value)));
  if (patterns.length === 0) return (value) => values.has(foldAttribute(value));
  return (value) => {
    const folded = foldAttribute(value);
    return values.has(folded) || (folded !== '' && patterns.some((fits) => fits(folded)));
  };
}

const isPattern = (value: string | number | boolean): boolean => typeof value === 'string' && value.includes('*');

/** Attributes are compared as text without regard to case; blank is no value. */
export const foldAttribute = (value: Scalar | undefined): string =>
  value === null || value === undefined ? '' : String(value).toLowerCase();
