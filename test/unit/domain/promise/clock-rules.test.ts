import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../../../src/domain/agreement/schema.ts';
import { firstTouch } from '../promise-agreement.ts';
import {
  ann,
  at,
  bob,
  call,
  clockAt,
  clocksAt,
  clocksOf,
  context,
  hourMs,
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

  it('ends early by what resumes', () => {
    const reply = call(at(6, '10:00'), { direction: 'in' });
    const given = { ...later, ...promise({ resumes: ['reply'] }), ...history(reply) };
    expect(clockAt(at(6, '11:00'), given)).toMatchObject({ state: 'running', dueAt: at(6, '13:00') });
  });

  it('is told by the reason that is least the doing of anybody, where there are several', () => {
    const away = new Map([[ann, [{ from: at(5, '09:30'), to: at(6) }]]]);
    const given = { ...later, ...promise({ pauses: ['owner-away', 'buyer-asked-later'] }), context: { away } };
    expect(clockAt(at(6, '12:00'), given).pauses).toEqual([
      { from: at(5, '09:30'), to: at(5, '10:00'), why: 'owner-away' },
      { from: at(5, '10:00'), to: at(7), why: 'buyer-asked-later' },
    ]);
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

  it('lets no clock start any more', () => {
    const given = promise({ starts: ['reply'], stops: ['touch'] });
    const late = history(call(at(6), { direction: 'in' }));
    const rejected = { ...open(), status: 'Rejected', decidedAt: at(5, '12:00') } as const;
    expect(clocksAt(at(7), { ...given, ...late })).toHaveLength(1);
    expect(clocksAt(at(7), { ...given, ...late, episode: rejected })).toEqual([]);
    expect(clocksAt(at(7), { ...given, ...late, nextOpenedAt: at(5, '12:00') })).toEqual([]);
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

  it('is unknown before coming', () => {
    expect(clockAt(at(5, '11:00'), { ...given, ...promise({ afterReassign: 'reset' }) })).toMatchObject({
      dueAt: at(5, '13:00'),
    });
  });

  it('is another one also where the time ran on for a queue in between', () => {
    const changes = [passes(at(5, '11:00'), ann, queue), passes(at(5, '12:00'), queue, bob)];
    const passed = { history: person({ changes, owner: { id: bob, kind: 'user' } }) };
    const clause = promise({ afterReassign: 'reset', unowned: 'runs' });
    expect(clockAt(at(5, '12:30'), { ...passed, ...clause })).toMatchObject({ dueAt: at(5, '16:00') });
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
