import type { Agreement } from '../../../../src/domain/agreement/schema.ts';
import type { Calendar } from '../../../../src/domain/calendar/calendar.ts';
import type { Episode } from '../../../../src/domain/hand-off/episode.ts';
import type { Clock, ClockCase, ClockContext } from '../../../../src/domain/promise/clock.ts';
import { compileClocks } from '../../../../src/domain/promise/compile-promises.ts';
import { decideClocks } from '../../../../src/domain/promise/decide-clocks.ts';
import { workTime } from '../../../../src/domain/promise/work-time.ts';
import type { PersonHistory, TimelineEvent } from '../../../../src/domain/timeline/timeline.ts';
import { checked } from '../agreement-builder.ts';
import { promising } from '../promise-agreement.ts';

export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const instant = (text: string): number => Date.parse(text);

/** Wall-clock times of New York in January 2026, when it is five hours behind: Monday is the 5th. */
export const at = (day: number, time = '09:00'): number =>
  instant(`2026-01-${String(day).padStart(2, '0')}T${time}:00-05:00`);

export const ann = '005000000000001AAA';
export const bob = '005000000000002AAA';
export const queue = '00G000000000001AAA';

export const nineToFive: Calendar = {
  name: 'Sales US',
  timeZone: 'America/New_York',
  week: Object.fromEntries([1, 2, 3, 4, 5].map((day) => [day, [{ from: 540, to: 1020 }]])),
  holidays: [],
};
const range = [instant('2025-12-01T00:00:00Z'), instant('2026-04-01T00:00:00Z')] as const;
const times = new Map([['Sales US', workTime(nineToFive, ...range)]]);

export const person = (changes: Partial<PersonHistory> = {}): PersonHistory => ({
  personId: '00Q000000000001AAA',
  object: 'Lead',
  fields: { NumberOfEmployees: 100, OwnerId: ann },
  owner: { id: ann, kind: 'user' },
  events: [],
  createdAt: at(2),
  changes: [],
  ...changes,
});

let count = 0;
/** A call of Ann's, or of what else the attributes say. */
export const call = (when: number, attributes: TimelineEvent['attributes'] = {}, recordId?: string): TimelineEvent => ({
  kind: 'activity',
  recordId: recordId ?? `00T${String(++count).padStart(15, '0')}`,
  at: when,
  attributes: { type: 'call', subtype: 'call', status: 'completed', by: ann, ...attributes },
});

export const passes = (when: number, from: string, to: string) =>
  ({ object: 'Lead', field: 'OwnerId', at: when, from, to }) as const;

export const open = (openedAt = at(5), waitingSince = openedAt): Episode => ({
  stage: 'mql',
  openedAt,
  waitingSince,
  status: 'Open',
});

export const clocksOf = (document: Agreement) => compileClocks(checked(document));

export const context = (now: number, changes: Partial<ClockContext> = {}): ClockContext => ({
  now,
  readUntil: now,
  times,
  ...changes,
});

type Given = Partial<ClockCase> & { readonly context?: Partial<ClockContext>; readonly agreement?: Partial<Agreement> };

/** All clocks of a hand-off that opened on Monday at nine. */
export function clocksAt(now: number, { context: world, agreement, ...given }: Given = {}): readonly Clock[] {
  const promises = given.promises ?? clocksOf(promising(agreement));
  return decideClocks({ episode: open(), history: person(), spans: [], ...given, promises }, context(now, world));
}

/** The clock of the first promise; fails where there is none. */
export function clockAt(now: number, given: Given = {}): Clock {
  const [clock] = clocksAt(now, given);
  if (!clock) throw new Error('The clock did not start.');
  return clock;
}
