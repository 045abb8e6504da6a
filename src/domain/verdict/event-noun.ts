import { factEvents, factWhere } from '../agreement/fact-source.ts';
import type { AttributeComparison } from '../agreement/criteria-schema.ts';
import type { Agreement, Fact, Scalar } from '../agreement/schema.ts';
import { comparisonWords } from './comparison-words.ts';
import { joinWords, writeValue } from './write-value.ts';

/** What a fact is about, in the singular: `call`, `activity`, `campaign response`, `page view`. */
export const eventNoun = (fact: Fact): string => joinWords(nounsOf(fact), 'or');

/** The same in the plural: `calls or meetings`. */
export const eventNouns = (fact: Fact): string => joinWords(nounsOf(fact).map(pluralOf), 'or');

function nounsOf(fact: Fact): readonly string[] {
  const kind = factEvents(fact);
  const types = typesOf(fact);
  if (kind === 'response') return ['campaign response'];
  if (kind === 'stage') return ['stage entry'];
  if (kind === 'hand-off') return ['hand-off'];
  if (kind === 'signal')
    return types.length > 0 ? types.map((type) => signalNouns[type] ?? `${type} signal`) : ['signal'];
  return types.length > 0 ? types : ['activity'];
}

const signalNouns: Readonly<Record<string, string | undefined>> = {
  page: 'page view',
  track: 'tracked action',
  form: 'form fill',
  identify: 'identification',
  download: 'download',
};

function pluralOf(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}

/** The types that a filter lists plainly, which then name the events. */
function typesOf(fact: Fact): readonly string[] {
  const { type } = factWhere(fact);
  const kind = factEvents(fact);
  if (type === undefined || !isValue(type) || (kind !== 'activity' && kind !== 'signal')) return [];
  const types = [type].flat().map((each) => String(each).toLowerCase());
  return types.some((each) => each.includes('*')) ? [] : types;
}

/** What the events must have besides what their noun says: ` with path /pricing* and status Sent`. */
export function eventConditions(fact: Fact, agreement: Pick<Agreement, 'groups'>): string {
  const named = typesOf(fact).length > 0;
  const words = Object.entries(factWhere(fact))
    .filter(([attribute]) => attribute !== 'type' || !named)
    .map(([attribute, wanted]) =>
      isValue(wanted)
        ? `${attribute} ${joinWords([wanted].flat().map(writeValue), 'or')}`
        : `${attribute} that ${comparisonWords(wanted, agreement)}`,
    );
  return words.length === 0 ? '' : ` with ${joinWords(words, 'and')}`;
}

const isValue = (wanted: Scalar | Scalar[] | AttributeComparison): wanted is Scalar | Scalar[] =>
  typeof wanted !== 'object' || Array.isArray(wanted);

/** ` in the last 14 days`, ` in the last week`; nothing for all time. Names the half-life too. */
export function windowText(fact: Fact): string {
  const within = 'within' in fact && fact.within !== undefined ? ` in the last ${spanWords(fact.within)}` : '';
  const decay =
    'decay' in fact && fact.decay !== undefined ? `, each counting half after ${fact.decay.trim().toLowerCase()}` : '';
  return within + decay;
}

const spanWords = (span: string): string => span.trim().toLowerCase().replace(/^1 /, '');
