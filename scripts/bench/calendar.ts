import { DateTime } from 'luxon';
import { BusinessTime } from '../../src/domain/calendar/business-time.ts';
import type { Calendar } from '../../src/domain/calendar/calendar.ts';
import { checkAgreement } from '../../src/domain/agreement/check-agreement.ts';
import type { ClockCase, ClockContext } from '../../src/domain/promise/clock.ts';
import { compileClocks } from '../../src/domain/promise/compile-promises.ts';
import { decideClocks } from '../../src/domain/promise/decide-clocks.ts';
import { workTime } from '../../src/domain/promise/work-time.ts';
import type { BenchRow } from './bench-row.ts';

/** Split days, a short Friday, and holidays of which one recurs. */
const calendar: Calendar = {
  name: 'Sales US',
  timeZone: 'America/New_York',
  week: {
    ...Object.fromEntries(
      [1, 2, 3, 4].map((day) => [
        day,
        [
          { from: 540, to: 720 },
          { from: 780, to: 1080 },
        ],
      ]),
    ),
    5: [{ from: 540, to: 840 }],
  },
  holidays: [
    { title: 'Christmas', date: '2020-12-25', recurs: { every: 'year', month: 12, day: 25 } },
    { title: 'Summer day', date: '2025-07-04' },
  ],
};
const from = Date.parse('2023-01-01T00:00:00Z');
const to = Date.parse('2029-01-01T00:00:00Z');
const hourMs = 3_600_000;

/** Adds business time in a calendar, with a loop over luxon's days beside it, and sweeps `size` open clocks. */
export function run({ size }: { readonly size: number }): Promise<BenchRow[]> {
  const time = new BusinessTime(calendar, from, to);
  const cases = makeCases(1_000);
  compare(time, cases);
  const added = measure(cases, 2_000, ([at, ms]) => time.add(at, ms));
  const passed = measure(cases, 2_000, ([at, ms]) => time.elapsed(at, at + ms));
  const looped = measure(cases, 1, ([at, ms]) => addByDays(at, ms));
  const row = (name: string, value: number): BenchRow => ({
    name,
    value: Math.round(value),
    unit: '/s',
    ratio: Math.round(value / looped),
    against: 'luxon day by day',
    target: 'at least 5,000,000/s',
    ok: value >= 5_000_000,
  });
  return Promise.resolve([
    row('calendar: business time added', added),
    row('calendar: business time elapsed', passed),
    { name: 'calendar: luxon day by day', value: Math.round(looped), unit: '/s' },
    sweep(size),
  ]);
}

type Case = readonly [at: number, ms: number];

/** Instants and amounts that differ in every way, by a fixed generator so that runs compare. */
function makeCases(count: number): readonly Case[] {
  let state = 7;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return Array.from({ length: count }, () => [from + next(to - from - 400 * 24 * hourMs), next(60 * hourMs)] as const);
}

function compare(time: BusinessTime, cases: readonly Case[]): void {
  for (const [at, ms] of cases) {
    const [ours, theirs] = [time.add(at, ms), addByDays(at, ms)];
    if (ours !== theirs) {
      const names = [at, ours ?? Number.NaN, theirs].map((each) => new Date(each).toISOString());
      throw new Error(`From ${names[0]} on, ${ms} ms lead to ${names[1]}, and day by day to ${names[2]}.`);
    }
  }
}

/** What one would write with luxon: day by day, hour by hour, on the wall. */
function addByDays(at: number, ms: number): number {
  let left = ms;
  for (let day = DateTime.fromMillis(at, { zone: calendar.timeZone }).startOf('day'); ; day = day.plus({ days: 1 })) {
    if (isHoliday(day)) continue;
    for (const hours of calendar.week[day.weekday as 1] ?? []) {
      const open = Math.max(at, day.set({ hour: hours.from / 60 }).toMillis());
      const close = day.set({ hour: hours.to / 60 }).toMillis();
      if (close <= open) continue;
      if (left <= close - open) return open + left;
      left -= close - open;
    }
  }
}

const isHoliday = (day: DateTime): boolean =>
  (day.month === 12 && day.day === 25) || (day.year === 2025 && day.month === 7 && day.day === 4);

/** Calls a second, the best of five parts: other processes of the machine only ever make a part slower. */
function measure(cases: readonly Case[], rounds: number, work: (given: Case) => unknown): number {
  const rates = Array.from({ length: 5 }, () => {
    const start = performance.now();
    for (let round = 0; round < rounds; round++) for (const each of cases) work(each);
    return (cases.length * rounds * 1_000) / (performance.now() - start);
  });
  return Math.max(...rates);
}

/** Decides a first-touch promise for so many open hand-offs, each of which has been called or passed on or neither. */
function sweep(size: number): BenchRow {
  const now = Date.parse('2026-06-03T15:00:00Z');
  const check = checkAgreement(document);
  if (!check.ok) throw new Error(`The benchmark's agreement is wrong: ${JSON.stringify(check.problems)}`);
  const promises = compileClocks(check.agreement);
  const context: ClockContext = { now, readUntil: now, times: new Map([['Sales US', workTime(calendar, from, to)]]) };
  const people = Array.from({ length: 1_000 }, (_, index) => makePerson(index, now, promises));
  const start = performance.now();
  let open = 0;
  for (let done = 0; done < size; done += people.length) {
    for (const person of people) for (const { state } of decideClocks(person, context)) if (state === 'running') open++;
  }
  const seconds = (performance.now() - start) / 1_000;
  if (open === 0) throw new Error('No clock was running.');
  const perMillion = (seconds * 1_000_000) / size;
  const target = '1,000,000 clocks in 60 s';
  return {
    name: `calendar: ${size.toLocaleString('en')} open clocks decided`,
    value: size / seconds,
    unit: 'clocks/s',
    target,
    ok: perMillion < 60,
  };
}

const document = {
  accord: 1,
  name: 'Benchmark agreement',
  timeZone: 'America/New_York',
  parties: { marketing: { signers: ['cmo@example.com'] }, sales: { signers: ['vp@example.com'] } },
  highestMode: 'observe',
  facts: { employees: { field: 'Lead.NumberOfEmployees' } },
  stages: [
    { id: 'inquiry', title: 'Inquiry' },
    { id: 'mql', title: 'MQL', when: { all: [{ employees: { atLeast: 50 } }] } },
  ],
  process: { handOff: { stage: 'mql' } },
  calendars: { 'Sales US': { week: { 'mon-fri': ['09:00-17:00'] } } },
  promises: [
    {
      id: 'first-touch',
      by: 'sales',
      stops: ['touch', 'disposition'],
      pauses: ['buyer-asked-later', 'owner-away'],
      within: '16 business hours',
      calendar: 'Sales US',
      steps: [
        { at: '75 %', notify: 'owner' },
        { at: '100 %', notify: 'manager' },
      ],
    },
  ],
};

function makePerson(index: number, now: number, promises: ClockCase['promises']): ClockCase {
  const openedAt = now - (index % 40) * hourMs;
  const owner = `005${String(index % 50).padStart(15, '0')}`;
  const touched = index % 3 === 0;
  const event = {
    kind: 'activity',
    recordId: `00T${index}`,
    at: openedAt + 30 * 60_000,
    attributes: { type: 'call', by: owner },
  } as const;
  const passed = {
    object: 'Lead',
    field: 'OwnerId',
    at: openedAt + hourMs,
    from: '005000000000000099',
    to: owner,
  } as const;
  return {
    episode: { stage: 'mql', openedAt, waitingSince: openedAt - hourMs, status: 'Open' },
    promises,
    spans: [],
    history: {
      personId: `00Q${index}`,
      object: 'Lead',
      fields: { OwnerId: owner },
      owner: { id: owner, kind: 'user' },
      events: touched ? [event] : [],
      createdAt: openedAt - hourMs,
      changes: index % 5 === 0 ? [passed] : [],
    },
  };
}
