import type { Fact } from '../agreement/schema.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { Change } from './change.ts';
import { clauseSentence } from './clause-sentence.ts';
import type { CompiledAgreement } from './compile-agreement.ts';
import type { CompiledDefinition } from './compile-definition.ts';
import type { Interval } from './compile-score.ts';
import { findChanges, type ChangeSet } from './counterfactual.ts';
import type { Alternative, Counterfactual } from './decision.ts';
import { eventConditions, eventNoun, eventNouns, windowText } from './event-noun.ts';
import { Judgement } from './judgement.ts';
import { clauseStanding } from './clause-standing.ts';

/** Says what would make a definition hold, in words that everyone who sees the lead may read; undefined where nothing would. */
export function counterfactual(
  compiled: CompiledAgreement,
  definition: CompiledDefinition,
  timeline: Timeline,
  now: number,
): Counterfactual | undefined {
  const found = findChanges(compiled, definition, timeline, now);
  if (found.length === 0) return undefined;
  const say = (set: ChangeSet): Alternative => ({
    changes: set.changes.map((change) => changeWords(change, set, { compiled, definition, timeline, now })),
    ...(set.by !== undefined && { by: new Date(set.by).toISOString() }),
  });
  const single = found.find(({ changes: [first, ...rest] }) => rest.length === 0 && first?.isAnswer);
  const ask = single && say(single).changes[0];
  return {
    alternatives: found.map(say),
    ...(ask !== undefined && { ask: `${ask}?` }),
    ...((definition.restricted || mayBeTakenAside(compiled)) && { partly: true as const }),
  };
}

/** Conditions that are not shown could take the person to a stage beside the ladder. */
const mayBeTakenAside = ({ stages }: CompiledAgreement): boolean =>
  stages.some(({ side, restricted, inSegment }) => side && (restricted || inSegment.some((each) => each.restricted)));

type Situation = {
  readonly compiled: CompiledAgreement;
  readonly definition: CompiledDefinition;
  readonly timeline: Timeline;
  readonly now: number;
};

function changeWords(change: Change, { flipped }: ChangeSet, situation: Situation): string {
  const { agreement } = situation.compiled;
  const fact = agreement.facts[change.fact];
  if (!fact) return change.fact;
  const own = situation.definition.clauses.filter(
    (clause, index) => clause.fact === change.fact && flipped.includes(index),
  );
  const [only] = own;
  if (only && own.length === 1 && isFirstOne(fact, only.comparison)) return oneEvent(fact, situation);
  if (own.length > 0) {
    const words = own.map(({ sentences, group }) =>
      clauseStanding({ group, outcome: 'met' }) === 'met' ? sentences.sentence : sentences.negation,
    );
    return [...new Set(words)]
      .map((sentence) => (isUntitledCount(fact) ? inSentence(sentence) : sentence))
      .join(' and ');
  }
  return change.events > 0 ? moreEvents(fact, change.events, situation) : lineWords(change, situation);
}

const isUntitledCount = (fact: Fact): boolean => 'count' in fact && fact.title === undefined;

const isFirstOne = (fact: Fact, { atLeast, ...rest }: { atLeast?: number | undefined }): boolean =>
  isUntitledCount(fact) && atLeast === 1 && Object.keys(rest).length === 0;

const oneEvent = (fact: Fact, { compiled }: Situation): string =>
  `one ${eventNoun(fact)}${eventConditions(fact, compiled.agreement)}${windowText(fact)}`;

const moreEvents = (fact: Fact, count: number, { compiled: { agreement } }: Situation): string =>
  `${count} more ${count === 1 ? eventNoun(fact) : eventNouns(fact)}${eventConditions(fact, agreement)}`;

/** What a change does to the lines of a score, in the words of the lines that it turns. */
function lineWords(change: Change, { compiled, definition, timeline, now }: Situation): string {
  const after = change.apply(timeline);
  const aside = new Judgement([]);
  const [one, other]: Interval[] = [
    { low: 0, high: 0 },
    { low: 0, high: 0 },
  ];
  const lines = definition.clauses.flatMap(({ source }) => (source.kind === 'score' ? source.lines : []));
  const turned = lines.filter(({ measure }) => {
    if (!one || !other) return false;
    measure(timeline, now, aside, one);
    measure(after, now, aside, other);
    return one.low !== other.low || one.high !== other.high;
  });
  const fact = compiled.agreement.facts[change.fact];
  const words = [...new Set(turned.map(({ sentence }) => sentence))].join(' and ');
  return words || (fact ? clauseSentence(change.fact, fact, { known: true }).sentence : change.fact);
}

/** Without a capital letter at the begin, but for abbreviations. */
const inSentence = (text: string): string =>
  /^[A-Z][^A-Z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
