import { describe, expect, it } from 'vitest';
import type { WrittenPromise } from '../../../../src/domain/agreement/promise-schema.ts';
import { delaySentence, reversalNote } from '../../../../src/domain/promise/clock-sentence.ts';
import { promiseSentence } from '../../../../src/domain/promise/promise-sentence.ts';
import { depth, firstTouch, promising, quality, volume } from '../promise-agreement.ts';
import { ann, at, call, clockAt, hourMs, minuteMs, person } from './clock-builder.ts';

describe('the sentence of a promise', () => {
  it.each<[WrittenPromise, string]>([
    [
      firstTouch,
      'Sales promises a touch or a disposition within 4 business hours (Sales US) of the hand-off; 90 % of the last 50 are kept; the time stands still while the buyer asked for later or the owner is away.',
    ],
    [depth, 'Sales promises 5 touches within 10 business days (Sales US) of the hand-off.'],
    [
      { ...depth, stops: ['reply'], exempt: { newOwners: '8 weeks' } },
      'Sales promises 5 touches, or a reply of the buyer, within 10 business days (Sales US) of the hand-off; owners are exempt in their first 8 weeks.',
    ],
    [volume, 'Marketing promises 200 hand-offs a month.'],
    [quality, 'Marketing promises that 60 % of the last 50 hand-offs are accepted.'],
    [
      { ...quality, ratio: 'converted / accepted', atLeast: '12.5 % of last 40' },
      'Marketing promises that 12.5 % of the last 40 accepted hand-offs are converted.',
    ],
    [
      { id: 'brief', by: 'marketing', complete: ['employees'], atLeast: '90 % of last 20' },
      'Marketing promises that Employees is known at 90 % of the last 20 hand-offs.',
    ],
    [
      {
        id: 'call',
        by: 'sales',
        starts: [{ stage: 'mql' }, 'reply'],
        stops: [{ touch: ['Call', 'Email'] }],
        pauses: ['reply', { when: { all: [{ employees: { atMost: 3 } }] } }],
        resumes: ['touch'],
        within: '36 hours',
      },
      'Sales promises a call or an email within 36 hours of the entry into "Marketing qualified lead" or a reply of the buyer; the time stands still while a reply of the buyer has yet to be followed up or Employees is at most 3.',
    ],
  ])('says all that was agreed', (promise, sentence) => {
    expect(promiseSentence(promise, promising())).toBe(sentence);
  });
});

describe('the history of a clock', () => {
  it('tells that a miss is taken back, and by what', () => {
    const missed = clockAt(at(6));
    const kept = clockAt(at(6), { history: person({ events: [call(at(5, '10:00'), {}, '00T7')] }) });
    expect(reversalNote(missed, kept)).toBe(
      'The miss is taken back: the promise was kept in time. 00T7 came to light later.',
    );
    expect(reversalNote(missed, missed)).toBeUndefined();
    expect(reversalNote(clockAt(at(5, '10:00')), missed)).toBeUndefined();
  });

  it('tells the delay of the system and of people apart', () => {
    const delays = { systemDelay: 2 * hourMs + 40 * minuteMs, humanDelay: { [ann]: 32 * minuteMs } };
    expect(delaySentence(delays)).toBe('Waited 3 h 12 min: 2 h 40 min for the system, 32 min for people.');
    expect(delaySentence({ systemDelay: 0, humanDelay: { [ann]: hourMs } })).toBe('Waited 1 h for people.');
    expect(delaySentence({ systemDelay: hourMs, humanDelay: {} })).toBe('Waited 1 h for the system.');
  });
});
