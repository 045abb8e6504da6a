import type { Period as PeriodLength } from '../agreement/promise-span.ts';
import type { Agreement } from '../agreement/schema.ts';
import type { Calendar } from '../calendar/calendar.ts';
import { handOffRules } from '../hand-off/hand-off-rules.ts';
import type { HandOffVersion } from '../hand-off/follow-hand-offs.ts';
import type { ClockPromise } from '../promise/clock-promise.ts';
import { compileAmounts, type VolumePromise } from '../promise/compile-amounts.ts';
import { compileClocks } from '../promise/compile-promises.ts';
import { type Period, periodAt } from '../promise/period.ts';
import { promiseTitle } from '../promise/promise-title.ts';
import { type WorkTime, workTime } from '../promise/work-time.ts';
import type { AppliedVersion } from '../replay/applied-version.ts';

/** A volume promise with the periods that the preview reaches into. */
export type PreviewedVolume = VolumePromise & { readonly periods: readonly Period[] };

/** A version with its promises; `compiled` is the one whose stages are replayed. */
export type PromisingVersion = HandOffVersion & {
  readonly clocks: readonly ClockPromise[];
  readonly volumes: readonly PreviewedVolume[];
  readonly times: ReadonlyMap<string, WorkTime>;
  /** Promise id → title. */
  readonly titles: ReadonlyMap<string, string>;
};

/** The promises on both sides of a preview. */
export type PromiseRules = {
  readonly proposed: PromisingVersion;
  readonly against: readonly PromisingVersion[];
};

type Range = { readonly from: number; readonly to: number };

/** Prepares the promises of a version for a period. A clock whose calendar is missing is left out: no time would be true. */
export function toPromisingVersion(
  agreement: Agreement,
  applied: AppliedVersion,
  calendars: ReadonlyMap<string, Calendar>,
  { from, to }: Range,
): PromisingVersion {
  const clocks = compileClocks(agreement).filter((each) => calendarsOf(each).every((name) => calendars.has(name)));
  const used = new Set(clocks.flatMap(calendarsOf));
  const laidOut = [...calendars].filter(([name]) => used.has(name));
  return {
    ...applied,
    handOffs: handOffRules(agreement),
    clocks,
    volumes: compileAmounts(agreement).volumes.map((each) => ({
      ...each,
      periods: periodsIn({ from, to }, each.volume.per, agreement.timeZone),
    })),
    times: new Map(laidOut.map(([name, calendar]) => [name, workTime(calendar, from, to)])),
    titles: new Map((agreement.promises ?? []).map((each) => [each.id, promiseTitle(each)])),
  };
}

export const hasPromises = ({ clocks, volumes }: PromisingVersion): boolean => clocks.length + volumes.length > 0;

const calendarsOf = ({ calendar, calendarIn }: ClockPromise): readonly string[] =>
  calendar === undefined ? [] : [calendar, ...Object.values(calendarIn)];

function periodsIn({ from, to }: Range, per: PeriodLength, timeZone: string): readonly Period[] {
  const periods: Period[] = [];
  for (let at = from; at < to; at = periods.at(-1)?.to ?? to) periods.push(periodAt(at, per, timeZone));
  return periods;
}
