import { describe, expect, it } from 'vitest';
import { checkAgreement } from '../../../../src/domain/agreement/check-agreement.ts';
import type { Problem } from '../../../../src/domain/agreement/problem.ts';
import { depth, firstTouch, promising } from '../promise-agreement.ts';

const problemsOf = (document: unknown): readonly Problem[] => {
  const check = checkAgreement(document);
  return check.ok ? check.warnings : check.problems;
};

/** The one promise of an otherwise valid agreement, however wrong. */
const withPromise = (promise: unknown): unknown => ({ ...promising(), promises: [promise] });
const withTouch = (changes: object): unknown => withPromise({ ...firstTouch, ...changes });
const withCalendar = (calendar: unknown): unknown => ({ ...promising(), calendars: { 'Sales US': calendar } });

const promise = ['promises', 0] as const;
const calendar = ['calendars', 'Sales US'] as const;

describe('promises in an agreement', () => {
  it('of every kind are accepted as written', () => {
    expect(checkAgreement(promising())).toEqual({ ok: true, agreement: promising(), warnings: [] });
    const more = promising({
      touches: {
        from: { task: ['call', 'email'], event: 'all' },
        by: 'owner',
        apart: '1 hour',
        backdating: '2 hours',
        integrationUsers: ['sync@northwind.example'],
      },
      promises: [
        {
          ...firstTouch,
          starts: ['assignment', { stage: 'mql' }],
          pauses: ['owner-away', 'reply', { when: { all: [{ employees: { atMost: 3 } }] } }],
          resumes: [{ touch: ['call'] }],
          cancels: ['converted'],
          afterPause: 'reset',
          afterReassign: 'reset',
          unowned: 'runs',
          exempt: { newOwners: '8 weeks' },
        },
        { id: 'brief', by: 'marketing', complete: ['employees'], atLeast: '90 % of last 20' },
      ],
    });
    expect(problemsOf(more)).toEqual([]);
  });

  it.each<[string, unknown, Partial<Problem>]>([
    [
      'an unknown calendar',
      withTouch({ calendar: 'Sale US' }),
      { path: [...promise, 'calendar'], code: 'unknown-calendar', suggestion: 'Sales US' },
    ],
    [
      'business hours without a calendar',
      withTouch({ calendar: undefined }),
      { path: [...promise, 'within'], code: 'wrong-value' },
    ],
    ['a span that is none', withTouch({ within: '4 busy hours' }), { path: [...promise, 'within'] }],
    ['a share that is none', withTouch({ keep: '120 % of last 50' }), { path: [...promise, 'keep'] }],
    [
      'a word that does not exist, with the nearest',
      withTouch({ stops: ['tuch'] }),
      { path: [...promise, 'stops', 0], code: 'wrong-value', suggestion: 'touch' },
    ],
    [
      'a key that does not exist, with the nearest',
      withTouch({ calender: 'Sales US' }),
      { path: [...promise, 'calender'], code: 'unknown-key', suggestion: 'calendar' },
    ],
    [
      'an unknown stage',
      withTouch({ stops: [{ stage: 'mqll' }] }),
      { path: [...promise, 'stops', 0, 'stage'], code: 'unknown-stage', suggestion: 'mql' },
    ],
    [
      'an unknown fact in a condition',
      withTouch({ pauses: [{ when: { all: [{ employes: { atLeast: 1 } }] } }] }),
      { path: [...promise, 'pauses', 0, 'when', 'all', 0, 'employes'], code: 'unknown-fact', suggestion: 'employees' },
    ],
    [
      'an unknown segment',
      withTouch({ calendarIn: { emea: 'Sales US' } }),
      { path: [...promise, 'calendarIn', 'emea'], code: 'unknown-segment' },
    ],
    ['a pause without an end', withTouch({ pauses: ['reply'] }), { path: [...promise, 'pauses', 0], code: 'missing' }],
    ['a clock that stops at its start', withTouch({ stops: ['hand-off'] }), { path: [...promise, 'stops', 0] }],
    [
      'more touches than fit into the time',
      withPromise({ ...depth, within: '1 hour', calendar: undefined }),
      { path: [...promise, 'within'], code: 'never-met' },
    ],
    [
      'an unknown fact of a brief',
      withPromise({ id: 'brief', by: 'marketing', complete: ['employes'], atLeast: '90 % of last 20' }),
      { path: [...promise, 'complete', 0], code: 'unknown-fact', suggestion: 'employees' },
    ],
    [
      'two with one id',
      { ...promising(), promises: [firstTouch, { ...depth, id: 'first-touch' }] },
      { path: ['promises', 1, 'id'], code: 'duplicate' },
    ],
    ['no hand-off to measure them on', { ...promising(), process: {} }, { path: [...promise], code: 'missing' }],
    [
      'a reason that keeps what is no promise',
      {
        ...promising(),
        process: {
          handOff: { stage: 'mql' },
          reasons: [{ id: 'referred-out', title: 'Referred out', keeps: 'first-tuch' }],
        },
      },
      { path: ['process', 'reasons', 0, 'keeps'], code: 'unknown-promise', suggestion: 'first-touch' },
    ],
  ])('are refused with %s', (_what, document, problem) => {
    expect(problemsOf(document)).toContainEqual(expect.objectContaining({ severity: 'error', ...problem }));
  });

  it('may not be moved by a restricted fact, because everyone sees the clock', () => {
    const restricted = { revenue: { field: 'Lead.AnnualRevenue', restricted: true } };
    const when = { all: [{ revenue: { atLeast: 1 } }] };
    const base = promising({ promises: [{ ...firstTouch, pauses: [{ when }] }] });
    expect(problemsOf({ ...base, facts: { ...base.facts, ...restricted } })).toMatchObject([
      { severity: 'error', path: [...promise, 'pauses', 0, 'when'] },
    ]);
  });
});

describe('calendars in an agreement', () => {
  it.each<[string, unknown, Partial<Problem>]>([
    [
      'with no open hour',
      withCalendar({ week: { 'mon-fri': [] } }),
      { path: [...calendar, 'week'], code: 'never-met' },
    ],
    ['without a week', withCalendar({ timeZone: 'UTC' }), { path: [...calendar], code: 'missing' }],
    [
      'with a week of its own and one of the org',
      withCalendar({ from: 'Default', week: { mon: ['09:00-17:00'] } }),
      { path: [...calendar, 'week'] },
    ],
    [
      'with a day in two places',
      withCalendar({ week: { 'mon-fri': ['09:00-17:00'], fri: ['09:00-12:00'] } }),
      { path: [...calendar, 'week', 'fri'], code: 'duplicate' },
    ],
    [
      'with a day that is none',
      withCalendar({ week: { 'mon-fir': ['09:00-17:00'] } }),
      {
        path: [...calendar, 'week', 'mon-fir'],
        message: 'Write a weekday or a range of them here, such as "mon-fri".',
      },
    ],
    [
      'with hours that are none',
      withCalendar({ week: { mon: ['9-17'] } }),
      { path: [...calendar, 'week', 'mon', 0], code: 'wrong-value' },
    ],
    [
      'with a holiday on a day that does not exist',
      withCalendar({ week: { mon: ['09:00-17:00'] }, holidays: ['02-30'] }),
      { path: [...calendar, 'holidays', 0], code: 'wrong-value' },
    ],
    [
      'in a zone that is none',
      withCalendar({ timeZone: 'Mars/Olympus', week: { mon: ['09:00-17:00'] } }),
      { path: [...calendar, 'timeZone'], code: 'wrong-value' },
    ],
  ])('are refused %s', (_what, document, problem) => {
    expect(problemsOf(document)).toContainEqual(expect.objectContaining({ severity: 'error', ...problem }));
  });

  it('that nobody uses are told', () => {
    const unused = promising();
    unused.calendars = { ...unused.calendars, Spare: { from: 'Default' } };
    expect(problemsOf(unused)).toMatchObject([{ severity: 'warning', code: 'unused-calendar' }]);
  });
});
