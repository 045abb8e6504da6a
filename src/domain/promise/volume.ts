import type { Volume } from '../agreement/promise-span.ts';
import { type Period, periodAt } from './period.ts';
import { clockTime, type WorkTime } from './work-time.ts';

export type VolumeState = 'running' | 'kept' | 'missed';

/** How a volume promise stands in one period. */
export type PeriodVolume = {
  readonly period: Period;
  readonly state: VolumeState;
  readonly count: number;
  /** Less than what is agreed where the agreement came into force within the period. */
  readonly target: number;
  /** What the period comes to if it goes on like this; undefined before any of its time has passed. */
  readonly pace: number | undefined;
  readonly sentence: string;
};

export type VolumeRules = {
  readonly volume: Volume;
  readonly timeZone: string;
  /** Whose open time the pace is measured by; time on the clock where absent. */
  readonly time?: WorkTime;
  /** Since when the agreement is in force. */
  readonly since: number;
};

/**
 * Counts what happened in the period of an instant, and projects it to the end by the working time that has passed.
 *
 * Repeated instants are counted as often as they come: pass each hand-off once.
 */
export function judgeVolume(
  instants: readonly number[],
  { volume, timeZone, time = clockTime, since }: VolumeRules,
  now: number,
): PeriodVolume {
  const period = periodAt(now, volume.per, timeZone);
  return judgePeriod(instants, { volume, time, since }, period, now);
}

/** The same for any period, such as one that is over. */
export function judgePeriod(
  instants: readonly number[],
  { volume, time = clockTime, since }: Omit<VolumeRules, 'timeZone'>,
  period: Period,
  now: number,
): PeriodVolume {
  const begin = Math.max(period.from, Math.min(since, period.to));
  const whole = time.elapsed(period.from, period.to);
  const available = time.elapsed(begin, period.to);
  const target = whole === 0 ? volume.target : Math.floor((volume.target * available) / whole);
  const end = Math.min(now, period.to);
  const count = instants.filter((at) => at >= begin && at < period.to && at <= now).length;
  const passed = end <= begin ? 0 : time.elapsed(begin, end);
  const isOver = now >= period.to;
  const pace = isOver ? count : passed === 0 ? undefined : Math.round((count * available) / passed);
  const state = count >= target ? 'kept' : isOver ? 'missed' : 'running';
  return { period, state, count, target, pace, sentence: sentenceOf(count, target, pace, isOver, volume) };
}

const figure = (count: number): string => count.toLocaleString('en-US');

function sentenceOf(count: number, target: number, pace: number | undefined, isOver: boolean, { per }: Volume): string {
  const so = `${figure(count)} of ${figure(target)}`;
  if (isOver) return count >= target ? `${so}: kept.` : `${so}: ${figure(target - count)} short.`;
  if (count >= target) return `${so} already: kept.`;
  if (pace === undefined) return `The ${per} has not begun to count yet.`;
  return `${so} so far; on track for ${figure(pace)} of ${figure(target)}.`;
}
