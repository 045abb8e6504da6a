import { describe, expect, it } from 'vitest';
import { firstTouch } from '../promise-agreement.ts';
import {
  ann,
  at,
  bob,
  call,
  clockAt,
  clocksAt,
  hourMs,
  minuteMs,
  open,
  passes,
  person,
  queue,
} from './clock-builder.ts';

const history = (events: ReturnType<typeof call>[]) => ({ history: person({ events }) });
const promise = (changes: object) => ({ agreement: { promises: [{ ...firstTouch, ...changes }] } });

describe('a timed promise', () => {
  it('runs from the hand-off and tells when it is due, what is left and when to look again', () => {
    expect(clockAt(at(5, '10:00'))).toEqual({
      promise: 'first-touch',
      state: 'running',
      startedAt: at(5),
      dueAt: at(5, '13:00'),
      remaining: 3 * hourMs,
      systemDelay: 0,
      humanDelay: { [ann]: hourMs },
      pauses: [],
      steps: [at(5, '12:00'), at(5, '13:00')],
      validUntil: at(5, '13:00') + 1,
      notes: [],
    });
  });

  it('is kept by the first touch, with the record as evidence', () => {
    const touched = call(at(5, '12:30'), {}, '00T1');
    expect(clockAt(at(6), history([call(at(5, '12:45'), {}, '00T2'), touched]))).toMatchObject({
      state: 'kept',
      stoppedAt: at(5, '12:30'),
      evidence: '00T1',
      remaining: 30 * minuteMs,
      humanDelay: { [ann]: 3.5 * hourMs },
      validUntil: undefined,
    });
  });

  it('is kept at the due instant and missed a millisecond after it', () => {
    expect(clockAt(at(6), history([call(at(5, '13:00'))]))).toMatchObject({ state: 'kept' });
    expect(clockAt(at(6), history([call(at(5, '13:00') + 1)]))).toMatchObject({ state: 'missed', lateBy: 1 });
    expect(clockAt(at(5, '13:00'))).toMatchObject({ state: 'running', remaining: 0 });
    expect(clockAt(at(5, '13:00') + 1)).toMatchObject({ state: 'missed' });
    expect(clockAt(at(5, '13:00'), promise({ stops: ['accepted'] }))).toMatchObject({ state: 'running', notes: [] });
  });

  it('goes on over night and weekend in open hours alone', () => {
    expect(clockAt(at(9, '16:00'), { episode: open(at(9, '15:00')) })).toMatchObject({
      state: 'running',
      dueAt: at(12, '11:00'),
      remaining: 3 * hourMs,
    });
  });

  it('that starts outside hours begins with the next opening', () => {
    expect(clockAt(at(10), { episode: open(at(9, '20:00')) })).toMatchObject({ dueAt: at(12, '13:00') });
  });

  it('runs on the clock where it says no business hours', () => {
    const given = promise({ within: '36 hours', calendar: undefined });
    expect(clockAt(at(9, '16:00'), { ...given, episode: open(at(9, '15:00')) })).toMatchObject({
      dueAt: at(11, '03:00'),
    });
  });

  it('in business days is due when the last of them ends', () => {
    const given = promise({ within: '2 business days' });
    const dueOf = (start: number) => clockAt(start, { ...given, episode: open(start) }).dueAt;
    expect(dueOf(at(5, '09:00'))).toBe(at(7, '17:00'));
    expect(dueOf(at(5, '16:59'))).toBe(at(7, '17:00'));
    expect(dueOf(at(5, '17:00'))).toBe(at(8, '17:00'));
    expect(dueOf(at(9, '12:00'))).toBe(at(13, '17:00'));
  });

  it('has one clock for each promise of the hand-off', () => {
    expect(clocksAt(at(5, '10:00')).map((clock) => clock.promise)).toEqual(['first-touch', 'depth']);
  });

  it('starts by the agreed moment, and not before it', () => {
    const given = promise({ starts: ['accepted'] });
    expect(clocksAt(at(6), given)).toEqual([]);
    expect(clockAt(at(6), { ...given, episode: { ...open(), acceptedAt: at(5, '15:00') } })).toMatchObject({
      startedAt: at(5, '15:00'),
      dueAt: at(6, '11:00'),
    });
  });
});

describe('the delay of a clock', () => {
  it('is the system while the lead waits for an owner, and of each owner afterwards', () => {
    const changes = [passes(at(5, '10:30'), queue, ann), passes(at(5, '12:00'), ann, bob)];
    const given = {
      episode: open(at(5, '10:30'), at(5)),
      history: person({ changes, owner: { id: bob, kind: 'user' }, events: [call(at(5, '13:15'), { by: bob })] }),
    };
    expect(clockAt(at(6), given)).toMatchObject({
      state: 'kept',
      startedAt: at(5, '10:30'),
      dueAt: at(5, '14:30'),
      systemDelay: 1.5 * hourMs,
      humanDelay: { [ann]: 1.5 * hourMs, [bob]: 1.25 * hourMs },
    });
  });

  it('does not use up the time of a person while a queue owns the lead in between', () => {
    const changes = [passes(at(5, '10:00'), ann, queue), passes(at(5, '15:00'), queue, bob)];
    const given = { history: person({ changes, owner: { id: bob, kind: 'user' } }) };
    expect(clockAt(at(5, '14:00'), given)).toMatchObject({ state: 'paused' });
    expect(clockAt(at(5, '16:00'), given)).toMatchObject({
      state: 'running',
      dueAt: at(6, '10:00'),
      systemDelay: 5 * hourMs,
      humanDelay: { [ann]: hourMs, [bob]: hourMs },
    });
  });
});
