import {
  isClock,
  type WrittenCompleteness,
  type WrittenCounted,
  type WrittenMoment,
  type WrittenPause,
  type WrittenPromise,
  type WrittenRatio,
  type WrittenTimed,
  type WrittenVolume,
} from '../agreement/promise-schema.ts';
import { parseShare, parseVolume } from '../agreement/promise-span.ts';
import type { Agreement, Party } from '../agreement/schema.ts';
import { factTitle } from '../verdict/clause-sentence.ts';
import { conditionSentence } from '../verdict/score-sentence.ts';
import { joinWords } from '../verdict/write-value.ts';

/** Says what a promise is, for people: `Sales promises a touch within 4 business hours (Sales US) of the hand-off.` */
export function promiseSentence(promise: WrittenPromise, agreement: Agreement): string {
  const what = isClock(promise) ? clockWords(promise, agreement) : amountWords(promise, agreement);
  return `${partyNames[promise.by]} promises ${what}.`;
}

const partyNames: Readonly<Record<Party, string>> = { sales: 'Sales', marketing: 'Marketing' };

function clockWords(promise: WrittenTimed | WrittenCounted, agreement: Agreement): string {
  const { within, calendar, starts = ['hand-off'], pauses = [], exempt, keep } = promise;
  const where = calendar === undefined ? '' : ` (${calendar})`;
  const parts = [
    `${doneWords(promise, agreement)} within ${spanWords(within)}${where} of ${list(starts, agreement)}`,
    ...(keep === undefined ? [] : [`${shareWords(keep)} are kept`]),
    ...(pauses.length === 0 ? [] : [`the time stands still while ${pauseWords(pauses, agreement)}`]),
    ...(exempt ? [`owners are exempt in their first ${spanWords(exempt.newOwners)}`] : []),
  ];
  return parts.join('; ');
}

function doneWords(promise: WrittenTimed | WrittenCounted, agreement: Agreement): string {
  const stops = list(promise.stops ?? [], agreement);
  if (!('count' in promise)) return stops;
  const touches = `${promise.atLeast} ${promise.atLeast === 1 ? 'touch' : 'touches'}`;
  return stops === '' ? touches : `${touches}, or ${stops},`;
}

function amountWords(promise: WrittenVolume | WrittenRatio | WrittenCompleteness, agreement: Agreement): string {
  if ('ratio' in promise) {
    const [counted, base] = promise.ratio.split(' / ');
    return `that ${shareWords(promise.atLeast)} ${base === 'accepted' ? 'accepted ' : ''}hand-offs are ${counted}`;
  }
  if ('complete' in promise) {
    const facts = promise.complete.map((name) => {
      const fact = agreement.facts[name];
      return fact ? factTitle(name, fact) : name;
    });
    const are = facts.length === 1 ? 'is' : 'are';
    return `that ${joinWords(facts, 'and')} ${are} known at ${shareWords(promise.atLeast)} hand-offs`;
  }
  const volume = parseVolume(promise.atLeast);
  return volume ? `${volume.target.toLocaleString('en-US')} hand-offs a ${volume.per}` : promise.atLeast;
}

function shareWords(written: string): string {
  const share = parseShare(written);
  return share ? `${Number((share.share * 100).toFixed(2))} % of the last ${share.of}` : written;
}

const spanWords = (span: string): string => span.trim().toLowerCase().replaceAll(/\s+/g, ' ');

const list = (triggers: readonly (WrittenMoment | WrittenPause)[], agreement: Agreement): string =>
  joinWords(
    triggers.map((each) => momentWords(each, agreement)),
    'or',
  );

function momentWords(trigger: WrittenMoment | WrittenPause, agreement: Agreement): string {
  if (typeof trigger === 'string') return words[trigger];
  if ('stage' in trigger) return `the entry into "${stageTitle(trigger.stage, agreement)}"`;
  if ('touch' in trigger) return joinWords(trigger.touch.map(withArticle), 'or');
  return `the moment when ${conditionSentence(trigger.when, agreement)}`;
}

const pauseWords = (pauses: readonly WrittenPause[], agreement: Agreement): string =>
  joinWords(
    pauses.map((each) => {
      if (each === 'buyer-asked-later') return 'the buyer asked for later';
      if (each === 'owner-away') return 'the owner is away';
      if (typeof each === 'object' && 'when' in each) return conditionSentence(each.when, agreement);
      if (typeof each === 'object' && 'stage' in each) return `the person is in "${stageTitle(each.stage, agreement)}"`;
      return `${momentWords(each, agreement)} has yet to be followed up`;
    }),
    'or',
  );

const stageTitle = (id: string, { stages }: Agreement): string => stages.find((stage) => stage.id === id)?.title ?? id;

const withArticle = (noun: string): string => `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun.toLowerCase()}`;

const words: Readonly<Record<Extract<WrittenMoment | WrittenPause, string>, string>> = {
  'hand-off': 'the hand-off',
  qualified: 'the moment when the stage is reached',
  assignment: 'the assignment to an owner',
  accepted: 'the acceptance',
  touch: 'a touch',
  meeting: 'a meeting',
  reply: 'a reply of the buyer',
  disposition: 'a disposition',
  rejected: 'a rejection',
  recycled: 'the return to marketing',
  converted: 'the conversion',
  'buyer-asked-later': 'a wish of the buyer to be contacted later',
  'owner-away': 'an absence of the owner',
};
