import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../../../src/domain/agreement/schema.ts';
import { agreement as base } from '../agreement-builder.ts';
import { depth, firstTouch } from '../promise-agreement.ts';
import {
  ann,
  at,
  bob,
  call,
  clockAt,
  clocksOf,
  context,
  hourMs,
  instant,
  minuteMs,
  nineToFive,
  open,
  passes,
  person,
  queue,
} from './clock-builder.ts';
import { promising } from '../promise-agreement.ts';
import { workTime } from '../../../../src/domain/promise/work-time.ts';

const history = (...events: ReturnType<typeof call>[]) => ({ history: person({ events }) });
const promise = (changes: object, more: Partial<Agreement> = {}) => ({
  agreement: { promises: [{ ...firstTouch, ...changes }], ...more },
});

describe('a pause', () => {
  const later = { remarks: { later: [{ from: at(5, '10:00'), to: at(7) }] } };

  it('because the buyer asked for later lasts to the day, and leaves the rest of the time', () => {
    expect(clockAt(at(6), later)).toMatchObject({
      state: 'paused',
      remaining: 3 * hourMs,
      dueAt: at(7, '12:00'),
      pauses: [{ from: at(5, '10:00'), to: at(7), why: 'buyer-asked-later' }],
      validUntil: at(7),
    });
    expect(clockAt(at(7, '10:00'), later)).toMatchObject({ state: 'running', remaining: 2 * hourMs });
  });

  it('gives all of the time again where the clause says so', () => {
    const given = { ...later, ...promise({ afterPause: 'reset' }) };
    expect(clockAt(at(7, '10:00'), given)).toMatchObject({ dueAt: at(7, '13:00') });
  });

  it('counts nothing where a promise does not pause by it', () => {
    expect(clockAt(at(6), { ...later, ...promise({ pauses: ['owner-away'] }) })).toMatchObject({ state: 'missed' });
  });

  it('because the owner is away lasts while the absent one owns the lead', () => {
    const away = new Map([[ann, [{ from: at(5, '11:00'), to: at(9) }]]]);
    const passed = person({ changes: [passes(at(6), ann, bob)], owner: { id: bob, kind: 'user' } });
    expect(clockAt(at(5, '16:00'), { context: { away } })).toMatchObject({ state: 'paused', dueAt: at(9, '11:00') });
    expect(clockAt(at(6, '10:00'), { context: { away }, history: passed })).toMatchObject({
      state: 'running',
      dueAt: at(6, '11:00'),
      humanDelay: { [ann]: 2 * hourMs, [bob]: hourMs },
    });
  });

  it('by a moment lasts until something resumes', () => {
    const given = { ...promise({ pauses: ['reply'], resumes: ['meeting'], stops: ['accepted'] }) };
    const reply = call(at(5, '10:00'), { direction: 'in' });
    const meeting = call(at(5, '14:00'), { type: 'meeting', subtype: 'event' });
    expect(clockAt(at(5, '13:00'), { ...given, ...history(reply) })).toMatchObject({
      state: 'paused',
      dueAt: undefined,
      remaining: 3 * hourMs,
    });
    expect(clockAt(at(5, '15:00'), { ...given, ...history(reply, meeting) })).toMatchObject({
      state: 'running',
      dueAt: at(5, '17:00'),
    });
  });

  it('by a condition or a stage lasts while it holds', () => {
    const small = { field: 'NumberOfEmployees', object: 'Lead' } as const;
    const changes = [
      { ...small, at: at(5, '10:00'), from: 100, to: 2 },
      { ...small, at: at(5, '12:00'), from: 2, to: 100 },
    ];
    const when = { all: [{ employees: { atMost: 3 } }] };
    const given = { ...promise({ pauses: [{ when }] }), history: person({ changes }) };
    expect(clockAt(at(5, '13:00'), given)).toMatchObject({ state: 'running', dueAt: at(5, '15:00') });
    const spans = [{ stage: 'inquiry', from: at(5, '10:00'), to: at(5, '12:00') }];
    expect(clockAt(at(5, '13:00'), { ...promise({ pauses: [{ stage: 'inquiry' }] }), spans })).toMatchObject({
      dueAt: at(5, '15:00'),
    });
  });
});

describe('an agreement that is not signed, or has expired', () => {
  it('freezes its clocks, and none is missed', () => {
    const frozen = [{ from: at(5, '12:00'), to: Infinity }];
    expect(clockAt(at(30), { context: { frozen } })).toMatchObject({
      state: 'paused',
      remaining: hourMs,
      dueAt: undefined,
      humanDelay: { [ann]: 3 * hourMs },
    });
  });

  it('lets them go on with what is left once it is signed again, even where pauses reset', () => {
    const frozen = [{ from: at(5, '12:00'), to: at(20) }];
    expect(clockAt(at(20, '09:30'), { context: { frozen }, ...promise({ afterPause: 'reset' }) })).toMatchObject({
      state: 'running',
      dueAt: at(20, '10:00'),
    });
  });
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

  it('before the hand-off answers something else', () => {
    expect(clockAt(at(6), history(call(at(5, '08:59'))))).toMatchObject({ state: 'missed' });
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

describe('the end of a hand-off', () => {
  it('by a referral to a better-suited seller keeps the promise that it names, in time', () => {
    const process: Agreement['process'] = {
      handOff: { stage: 'mql' },
      reasons: [{ id: 'referred-out', title: 'Referred out', keeps: 'first-touch' }],
    };
    const referred = (decidedAt: number) => ({
      ...promise({ stops: ['touch'] }, { process }),
      episode: { ...open(), status: 'Rejected', decidedAt, reason: 'referred-out' } as const,
    });
    expect(clockAt(at(6), referred(at(5, '12:00')))).toMatchObject({ state: 'kept', stoppedAt: at(5, '12:00') });
    expect(clockAt(at(6), referred(at(5, '14:00')))).toMatchObject({ state: 'missed', lateBy: hourMs });
  });

  it.each(['Rejected', 'Recycled'] as const)('that is %s ends a clock which does not stop by it', (status) => {
    const episode = { ...open(), status, decidedAt: at(5, '12:00') };
    expect(clockAt(at(6), { ...promise({ stops: ['touch'] }), episode })).toMatchObject({
      state: 'cancelled',
      cancelledAt: at(5, '12:00'),
      validUntil: undefined,
    });
    expect(clockAt(at(6), { episode })).toMatchObject({ state: 'kept' });
  });

  it('does not take back what was missed before it', () => {
    const episode = { ...open(), status: 'Recycled', decidedAt: at(5, '15:00') } as const;
    expect(clockAt(at(6), { ...promise({ stops: ['touch'] }), episode })).toMatchObject({ state: 'missed' });
  });

  it('by deletion, merge, conversion or the next hand-off ends its clocks', () => {
    const cancelled = { state: 'cancelled', cancelledAt: at(5, '11:00') };
    const converted = { object: 'Lead', field: 'IsConverted', at: at(5, '11:00'), from: false, to: true } as const;
    expect(clockAt(at(6), { history: person({ endedAt: at(5, '11:00') }) })).toMatchObject(cancelled);
    expect(clockAt(at(6), { history: person({ changes: [converted] }) })).toMatchObject(cancelled);
    expect(clockAt(at(6), { nextOpenedAt: at(5, '11:00') })).toMatchObject(cancelled);
    expect(clockAt(at(6), { episode: { ...open(), status: 'Ended', decidedAt: at(5, '11:00') } })).toMatchObject(
      cancelled,
    );
  });

  it('by conversion can stop the clock where the clause says so, and keeps a touch that moved with the record', () => {
    const converted = { object: 'Lead', field: 'IsConverted', at: at(5, '11:00'), from: false, to: true } as const;
    const given = { history: person({ changes: [converted], events: [call(at(5, '10:30'), {}, '00TM')] }) };
    expect(clockAt(at(6), { ...given, ...promise({ stops: ['converted'] }) })).toMatchObject({ state: 'kept' });
    expect(clockAt(at(6), given)).toMatchObject({ state: 'kept', evidence: '00TM' });
  });
});

describe('a new owner', () => {
  const given = { history: person({ changes: [passes(at(5, '12:00'), ann, bob)], owner: { id: bob, kind: 'user' } }) };

  it('has what is left, or all of the time again where the clause says so', () => {
    expect(clockAt(at(5, '12:30'), given)).toMatchObject({ dueAt: at(5, '13:00') });
    expect(clockAt(at(5, '12:30'), { ...given, ...promise({ afterReassign: 'reset' }) })).toMatchObject({
      dueAt: at(5, '16:00'),
    });
  });

  it('cannot undo a miss of the one before', () => {
    const late = { history: person({ changes: [passes(at(5, '15:00'), ann, bob)], owner: { id: bob, kind: 'user' } }) };
    expect(clockAt(at(5, '15:30'), { ...late, ...promise({ afterReassign: 'reset' }) })).toMatchObject({
      state: 'missed',
      dueAt: at(5, '13:00'),
    });
  });

  it('is another one, not the same after a queue', () => {
    const changes = [passes(at(5, '11:00'), ann, queue), passes(at(5, '12:00'), queue, ann)];
    expect(
      clockAt(at(5, '12:30'), { history: person({ changes }), ...promise({ afterReassign: 'reset' }) }),
    ).toMatchObject({ dueAt: at(5, '14:00') });
  });

  it('works by their own calendar', () => {
    const tenToSix = { ...nineToFive, name: 'Late', week: { 1: [{ from: 600, to: 1080 }] } };
    const times = new Map([...context(0).times, ['Late', workTime(tenToSix, at(1), at(31))]]);
    const world = { times, calendarOf: new Map([[bob, 'Late']]) };
    const changes = [passes(at(5, '16:30'), ann, bob)];
    const late = { episode: open(at(5, '14:00')), history: person({ changes, owner: { id: bob, kind: 'user' } }) };
    expect(clockAt(at(5, '17:30'), { ...late, context: world })).toMatchObject({
      state: 'running',
      dueAt: at(5, '18:00'),
    });
  });

  it('is not waited for where the clause lets the time run', () => {
    const waiting = { history: person({ owner: { id: queue, kind: 'queue' } }) };
    expect(clockAt(at(6), waiting)).toMatchObject({ state: 'paused', systemDelay: 8 * hourMs, humanDelay: {} });
    expect(clockAt(at(6), { ...waiting, ...promise({ unowned: 'runs' }) })).toMatchObject({
      state: 'missed',
      systemDelay: 8 * hourMs,
      humanDelay: {},
    });
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

describe('an agreement that changes in mid-clock', () => {
  it('does not touch what was handed over before: a clock keeps the promises of its hand-off', () => {
    const before = clocksOf(promising());
    const after = clocksOf(promising({ promises: [{ ...firstTouch, within: '1 business hour' }] }));
    expect(clockAt(at(5, '12:00'), { promises: before })).toMatchObject({ state: 'running', dueAt: at(5, '13:00') });
    expect(clockAt(at(5, '12:00'), { promises: after })).toMatchObject({ state: 'missed', dueAt: at(5, '10:00') });
  });
});

describe('the calendar of a clock', () => {
  it('is that of the segment in which the person was handed over', () => {
    const document = promising({
      segments: [{ id: 'emea', title: 'EMEA', when: { all: [{ employees: { atLeast: 1 } }] } }],
      promises: [{ ...firstTouch, calendarIn: { emea: 'Berlin' } }],
    });
    document.calendars = {
      ...document.calendars,
      Berlin: { timeZone: 'Europe/Berlin', week: { mon: ['09:00-17:00'] } },
    };
    const berlin = { ...nineToFive, timeZone: 'Europe/Berlin' };
    const times = new Map([...context(0).times, ['Berlin', workTime(berlin, at(1), at(31))]]);
    const spans = [{ stage: 'mql', segment: 'emea', from: at(5), to: undefined }];
    const promises = clocksOf(document);
    // Nine in New York is three in Berlin: two hours are left on Monday.
    expect(clockAt(at(5, '10:00'), { promises, spans, context: { times } })).toMatchObject({ dueAt: at(6, '05:00') });
    expect(clockAt(at(5, '10:00'), { promises, context: { times } })).toMatchObject({ dueAt: at(5, '13:00') });
  });

  it('says so where it was not laid out far enough', () => {
    const times = new Map([['Sales US', workTime(nineToFive, at(1), at(5, '12:00'))]]);
    expect(clockAt(at(5, '10:00'), { context: { times } })).toMatchObject({
      state: 'running',
      dueAt: undefined,
      notes: [{ kind: 'beyond-calendar' }],
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
