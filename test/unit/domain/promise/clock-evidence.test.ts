import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../../../src/domain/agreement/schema.ts';
import { agreement as base } from '../agreement-builder.ts';
import { depth, firstTouch } from '../promise-agreement.ts';
import { ann, at, bob, call, clockAt, instant, minuteMs, open, passes, person, queue } from './clock-builder.ts';

const history = (...events: ReturnType<typeof call>[]) => ({ history: person({ events }) });
const promise = (changes: object, more: Partial<Agreement> = {}) => ({
  agreement: { promises: [{ ...firstTouch, ...changes }], ...more },
});

describe('a touch', () => {
  it('of an automation, an integration user or one who has left is none', () => {
    const users = new Map([
      ['005bot', { createdAt: 0, automated: true }],
      [bob, { createdAt: 0, inactiveSince: at(5) }],
    ]);
    const events = [
      call(at(5, '10:00'), { automated: true }),
      call(at(5, '10:00'), { by: '005bot' }),
      call(at(5, '10:00'), { by: bob }),
    ];
    expect(clockAt(at(6), { ...history(...events), context: { users } })).toMatchObject({ state: 'missed' });
  });

  it('of somebody who left later still counts', () => {
    const users = new Map([[ann, { createdAt: 0, inactiveSince: at(5, '11:00') }]]);
    expect(clockAt(at(6), { ...history(call(at(5, '10:00'))), context: { users } })).toMatchObject({ state: 'kept' });
  });

  it('is no message of the buyer, which stops only what stops by a reply', () => {
    const reply = call(at(5, '10:00'), { direction: 'in', by: null }, '00TR');
    expect(clockAt(at(6), history(reply))).toMatchObject({ state: 'missed' });
    expect(clockAt(at(6), { ...history(reply), ...promise({ stops: ['touch', 'reply'] }) })).toMatchObject({
      state: 'kept',
      evidence: '00TR',
    });
  });

  it('comes from the agreed sources and types, and of the agreed people', () => {
    const touches = { from: { task: ['call'], event: 'all' as const } };
    const kept = (event: ReturnType<typeof call>, more: NonNullable<Agreement['touches']> = touches) =>
      clockAt(at(6), { ...history(event), ...promise({}, { touches: more }) }).state === 'kept';
    expect(kept(call(at(5, '10:00'), { type: 'Follow-up', subtype: 'call' }))).toBe(true);
    expect(kept(call(at(5, '10:00'), { type: 'note', subtype: 'task' }))).toBe(false);
    expect(kept(call(at(5, '10:00'), { type: 'demo', subtype: 'event' }))).toBe(true);
    expect(kept(call(at(5, '10:00'), { type: 'email', source: 'email' }))).toBe(false);
    expect(kept(call(at(5, '10:00'), { by: bob }), { by: 'owner' })).toBe(false);
    expect(kept(call(at(5, '10:00'), { by: ann }), { by: 'owner' })).toBe(true);
  });

  it('of one type alone stops a promise that names it', () => {
    const given = promise({ stops: [{ touch: ['call'] }] });
    const mail = call(at(5, '10:00'), { type: 'email', subtype: 'email' });
    expect(clockAt(at(5, '12:00'), { ...given, ...history(mail) })).toMatchObject({ state: 'running' });
    expect(clockAt(at(6), { ...given, ...history(mail, call(at(5, '12:00'))) })).toMatchObject({ state: 'kept' });
  });

  it('that was entered later than agreed is neither a miss nor kept until the manager says so', () => {
    const entry = call(at(5, '10:00'), { logged: at(7) }, '00TB');
    const said = (confirmed: boolean) => ({ remarks: { confirmed: new Map([['00TB', confirmed]]) } });
    expect(clockAt(at(7, '10:00'), history(entry))).toMatchObject({
      state: 'unproven',
      notes: [{ kind: 'awaits-confirmation', recordId: '00TB' }],
    });
    expect(clockAt(at(8), { ...history(entry), ...said(true) })).toMatchObject({
      state: 'kept',
      stoppedAt: at(5, '10:00'),
    });
    expect(clockAt(at(8), { ...history(entry), ...said(false) })).toMatchObject({ state: 'missed' });
  });

  it('that was entered late but before the due time counts as of its entry', () => {
    const given = promise({ within: '40 business hours' });
    const entry = call(at(5, '10:00'), { logged: at(7) });
    expect(clockAt(at(8), { ...given, ...history(entry) })).toMatchObject({ state: 'kept', stoppedAt: at(7) });
  });

  it('whose author cannot be read proves nothing', () => {
    expect(clockAt(at(6), history(call(at(5, '10:00'), { by: null }, '00TX')))).toMatchObject({
      state: 'unproven',
      notes: [{ kind: 'awaits-confirmation', recordId: '00TX' }],
    });
  });

  it('of who then takes the lead counts from the hand-off on, and of nobody else', () => {
    const taken = {
      episode: open(at(5, '11:00'), at(5)),
      history: person({ changes: [passes(at(5, '11:00'), queue, ann)], events: [call(at(5, '10:30'), {}, '00TE')] }),
    };
    expect(clockAt(at(6), taken)).toMatchObject({ state: 'kept', stoppedAt: at(5, '11:00'), evidence: '00TE' });
    expect(clockAt(at(6), { ...taken, ...promise({}, { touches: { by: 'owner' } }) })).toMatchObject({ state: 'kept' });
    const byBob = { ...taken.history, events: [call(at(5, '10:30'), { by: bob })] };
    expect(clockAt(at(6), { ...taken, history: byBob })).toMatchObject({ state: 'missed' });
    const before = { ...taken.history, events: [call(at(5, '08:30'))] };
    expect(clockAt(at(6), { ...taken, history: before })).toMatchObject({ state: 'missed' });
    const qualified = promise({ starts: ['qualified'], unowned: 'runs', within: '1 business hour' });
    expect(clockAt(at(6), { ...taken, ...qualified })).toMatchObject({ state: 'missed', stoppedAt: at(5, '10:30') });
  });

  it('before the hand-off answers something else', () => {
    expect(clockAt(at(6), history(call(at(5, '08:59'))))).toMatchObject({ state: 'missed' });
    const entered = call(at(2), { logged: at(5, '12:00') });
    expect(clockAt(at(6), history(entered))).toMatchObject({ state: 'missed' });
  });
});

describe('where activity cannot be seen', () => {
  it('an outcome is unproven and never missed, also where a visible touch came late', () => {
    const hidden = { context: { hidden: new Set([ann]) } };
    expect(clockAt(at(6), hidden)).toMatchObject({ state: 'unproven', notes: [{ kind: 'activity-hidden' }] });
    expect(clockAt(at(6), { ...hidden, ...history(call(at(5, '16:00'))) })).toMatchObject({ state: 'unproven' });
    expect(clockAt(at(6), { history: person({ unread: ['activity'] }) })).toMatchObject({ state: 'unproven' });
  });

  it('what is seen is still proof', () => {
    const given = { ...history(call(at(5, '10:00'))), context: { hidden: new Set([ann]) } };
    expect(clockAt(at(6), given)).toMatchObject({ state: 'kept' });
  });

  it('a promise that no activity shows is judged all the same', () => {
    const given = { ...promise({ stops: ['accepted'] }), context: { hidden: new Set([ann]) } };
    expect(clockAt(at(6), given)).toMatchObject({ state: 'missed' });
  });

  it('does not matter for owners who had no part in it', () => {
    expect(clockAt(at(6), { context: { hidden: new Set([bob]) } })).toMatchObject({ state: 'missed' });
  });
});

describe('an owner who is new', () => {
  const joined = (createdAt: number) => ({ context: { users: new Map([[ann, { createdAt }]]) } });
  const given = promise({ exempt: { newOwners: '2 weeks' } });

  it('is exempt: what came of it is shown and not counted', () => {
    expect(clockAt(at(6), { ...given, ...joined(at(2)) })).toMatchObject({
      state: 'exempt',
      outcome: 'missed',
      notes: [{ kind: 'late' }, { kind: 'new-owner', ownerId: ann }],
    });
    expect(clockAt(at(6), { ...given, ...joined(at(2)), ...history(call(at(5, '10:00'))) })).toMatchObject({
      state: 'exempt',
      outcome: 'kept',
    });
  });

  it('is so by the instant at which the clock was decided, not by today', () => {
    expect(clockAt(at(31), { ...given, ...joined(at(2)) })).toMatchObject({ state: 'exempt' });
    expect(clockAt(at(6), { ...given, ...joined(instant('2025-12-20T00:00:00Z')) })).toMatchObject({ state: 'missed' });
  });
});

describe('a counted promise', () => {
  const given = { agreement: { promises: [{ ...depth, atLeast: 3 }] } };

  it('is kept by the last of so many touches', () => {
    const events = [call(at(6)), call(at(7)), call(at(5, '10:00')), call(at(8))];
    expect(clockAt(at(6, '12:00'), { ...given, ...history(...events) })).toMatchObject({
      state: 'running',
      counted: 2,
    });
    expect(clockAt(at(9), { ...given, ...history(...events) })).toMatchObject({
      state: 'kept',
      stoppedAt: at(7),
      counted: 3,
    });
  });

  it('counts touches, not dials in one minute, and one record once', () => {
    const dials = [0, 1, 2, 29].map((minute) => call(at(6) + minute * minuteMs));
    expect(clockAt(at(7), { ...given, ...history(...dials) })).toMatchObject({ counted: 1 });
    expect(clockAt(at(7), { ...given, ...history(...dials, call(at(6, '09:30'))) })).toMatchObject({ counted: 2 });
    const twice = [call(at(6), {}, '00T1'), call(at(6, '12:00'), {}, '00T1')];
    expect(clockAt(at(7), { ...given, ...history(...twice) })).toMatchObject({ counted: 1 });
  });

  it('needs no more where what else stops it has happened', () => {
    const answered = { agreement: { promises: [{ ...depth, stops: ['reply' as const] }] } };
    const events = [call(at(6)), call(at(6, '15:00'), { direction: 'in' })];
    expect(clockAt(at(7), { ...answered, ...history(...events) })).toMatchObject({ state: 'kept', counted: 1 });
  });

  it('is missed where there were too few, and tells how many', () => {
    expect(clockAt(at(30), { ...given, ...history(call(at(6)), call(at(7))) })).toMatchObject({
      state: 'missed',
      counted: 2,
      dueAt: at(19, '17:00'),
    });
  });
});

describe('a condition', () => {
  it('stops a clock once it holds, and tells when it can turn by itself', () => {
    const facts = { ...base().facts, quiet: { daysSince: 'activity' as const } };
    const given = promise({ stops: [{ when: { all: [{ quiet: { atLeast: 3 } }] } }] }, { facts });
    const events = [call(at(4, '12:00'))];
    expect(clockAt(at(5, '10:00'), { ...given, history: person({ events }) })).toMatchObject({
      state: 'running',
      validUntil: at(5, '13:00') + 1,
    });
    expect(clockAt(at(9), { ...given, history: person({ events }) })).toMatchObject({
      state: 'missed',
      stoppedAt: at(7, '12:00'),
    });
  });
});
