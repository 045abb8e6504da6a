import { describe, expect, it } from 'vitest';
import { workTime } from '../../../../src/domain/promise/work-time.ts';
import { firstTouch } from '../promise-agreement.ts';
import {
  ann,
  at,
  bob,
  call,
  clockAt,
  hourMs,
  instant,
  minuteMs,
  nineToFive,
  open,
  passes,
  person,
  queue,
} from './clock-builder.ts';

const history = (...events: ReturnType<typeof call>[]) => ({ history: person({ events }) });

describe('a bug that other engines had', () => {
  it('deadlines in the zone of whoever looks: the calendar has the zone, wherever the reader is', () => {
    const due = ['Pacific/Auckland', 'America/Los_Angeles', 'UTC'].map((zone) => {
      const before = process.env['TZ'];
      process.env['TZ'] = zone;
      try {
        return clockAt(at(5, '10:00')).dueAt;
      } finally {
        if (before === undefined) delete process.env['TZ'];
        else process.env['TZ'] = before;
      }
    });
    expect(due).toEqual([at(5, '13:00'), at(5, '13:00'), at(5, '13:00')]);
  });

  it('time on hold forgotten when a case is closed out of a pause: the pause never counts', () => {
    const later = { remarks: { later: [{ from: at(5, '10:00'), to: at(9) }] } };
    const closed = { ...open(), status: 'Rejected', decidedAt: at(7, '12:00') } as const;
    expect(clockAt(at(12), { ...later, episode: closed })).toMatchObject({
      state: 'kept',
      remaining: 3 * hourMs,
      humanDelay: { [ann]: hourMs },
      pauses: [{ from: at(5, '10:00'), to: at(9), why: 'buyer-asked-later' }],
    });
  });

  it("today's offset used for history: January has the hours of January, whenever it is looked at", () => {
    const times = new Map([['Sales US', workTime(nineToFive, at(1), instant('2026-12-01T00:00:00Z'))]]);
    const inJuly = clockAt(instant('2026-07-15T12:00:00Z'), { context: { times } });
    expect(inJuly.dueAt).toBe(at(5, '13:00'));
    const july = instant('2026-07-13T09:00:00-04:00');
    expect(clockAt(july, { episode: open(july), context: { times } }).dueAt).toBe(july + 4 * hourMs);
  });

  it('an answer that comes late hides the miss, or is hidden by it: both stay visible', () => {
    const clock = clockAt(at(6), history(call(at(5, '15:30'), {}, '00TL')));
    expect(clock).toMatchObject({
      state: 'missed',
      stoppedAt: at(5, '15:30'),
      evidence: '00TL',
      lateBy: 2.5 * hourMs,
      humanDelay: { [ann]: 6.5 * hourMs },
    });
    expect(clockAt(at(30), history(call(at(5, '15:30'), {}, '00TL')))).toEqual(clock);
  });

  it('rounding to minutes: a second too late is too late, and half a minute in time is in time', () => {
    const start = at(5) + 30_500;
    const given = (late: number) => ({
      episode: open(start),
      ...history(call(start + 4 * hourMs + late)),
    });
    expect(clockAt(at(6), given(1_000))).toMatchObject({ state: 'missed', lateBy: 1_000 });
    expect(clockAt(at(6), given(-30_000))).toMatchObject({ state: 'kept', remaining: 30_000 });
  });

  it("one machine's clock against another's: ten minutes ahead of what was read, no miss is told", () => {
    const due = at(5, '13:00');
    const ahead = { readUntil: due - 5 * minuteMs };
    expect(clockAt(due + 5 * minuteMs, { context: ahead })).toMatchObject({
      state: 'running',
      notes: [{ kind: 'awaits-evidence' }],
    });
    const touched = history(call(due - 2 * minuteMs));
    expect(clockAt(due + 5 * minuteMs, { ...touched, context: { readUntil: due + 1 } })).toMatchObject({
      state: 'kept',
    });
    // Ten minutes behind, a touch of the org lies ahead, and is seen once it does not.
    expect(clockAt(due - 7 * minuteMs, touched)).toMatchObject({ state: 'running', validUntil: due - 2 * minuteMs });
  });

  it('a miss from a lagging copy: none is told of a time that was not read', () => {
    const unread = { context: { readUntil: at(5, '13:00') } };
    expect(clockAt(at(6), unread)).toMatchObject({ state: 'running', notes: [{ kind: 'awaits-evidence' }] });
    expect(clockAt(at(6), { context: { readUntil: at(5, '13:00') + 1 } })).toMatchObject({ state: 'missed' });
  });

  it('a miss that stays although evidence came to light: the touch that was found later reverses it', () => {
    expect(clockAt(at(6))).toMatchObject({ state: 'missed' });
    expect(clockAt(at(6, '09:05'), history(call(at(5, '12:00'))))).toMatchObject({ state: 'kept' });
  });

  it('events that come out of order: the earliest touch counts', () => {
    const early = call(at(5, '10:00'), {}, '00TE');
    const late = call(at(5, '16:00'), {}, '00TL');
    expect(clockAt(at(6), history(late, early))).toEqual(clockAt(at(6), history(early, late)));
    expect(clockAt(at(6), history(late, early))).toMatchObject({ state: 'kept', evidence: '00TE' });
  });

  it('automated mail that counts as an answer: it is none, and mail to many only after the lead wrote', () => {
    const robot = call(at(5, '09:01'), { type: 'email', automated: true });
    const list = call(at(5, '10:00'), { type: 'email', subtype: 'listemail' });
    const wrote = call(at(5, '09:30'), { type: 'email', direction: 'in' });
    expect(clockAt(at(6), history(robot, list))).toMatchObject({ state: 'missed' });
    expect(clockAt(at(6), history(robot, list, wrote))).toMatchObject({ state: 'kept', stoppedAt: at(5, '10:00') });
  });

  it('blaming whoever owns it now: the time before belongs to whoever had it then', () => {
    const changes = [passes(at(5, '11:00'), queue, ann), passes(at(5, '14:40'), ann, bob)];
    const given = {
      episode: open(at(5, '11:00'), at(5, '08:20')),
      history: person({ changes, owner: { id: bob, kind: 'user' } }),
    };
    expect(clockAt(at(5, '15:12'), given)).toMatchObject({
      systemDelay: 2 * hourMs,
      humanDelay: { [ann]: 3 * hourMs + 40 * minuteMs, [bob]: 20 * minuteMs + 12 * minuteMs },
    });
  });

  it('measuring from the creation instead of the assignment: each promise says what starts it', () => {
    const given = {
      episode: open(at(5, '11:00'), at(5)),
      history: person({ changes: [passes(at(5, '11:00'), queue, ann)] }),
    };
    const starting = (word: 'qualified' | 'assignment') => ({
      ...given,
      agreement: { promises: [{ ...firstTouch, starts: [word] }] },
    });
    expect(clockAt(at(5, '12:00'), starting('assignment'))).toMatchObject({
      startedAt: at(5, '11:00'),
      dueAt: at(5, '15:00'),
    });
    expect(clockAt(at(5, '12:00'), starting('qualified'))).toMatchObject({ startedAt: at(5), dueAt: at(5, '15:00') });
  });

  it('closing exactly at closing time: what is used up then is due then', () => {
    const start = at(5, '13:00');
    expect(clockAt(at(6), { episode: open(start), ...history(call(at(5, '17:00'))) })).toMatchObject({ state: 'kept' });
    expect(clockAt(at(6), { episode: open(start), ...history(call(at(5, '20:00'))) })).toMatchObject({
      state: 'missed',
      dueAt: at(5, '17:00'),
    });
  });
});
