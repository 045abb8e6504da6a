import { DateTime } from 'luxon';
import { parseDuration } from '../domain/agreement/duration.ts';
import { Refusal } from '../app/refusal.ts';

export type PeriodFlags = {
  readonly last?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

export type Period = { readonly from: number; readonly to: number };

const short: Readonly<Record<string, string>> = { h: 'hours', d: 'days', w: 'weeks' };

/**
 * Works out a period from `--last 90d` or from dates, which begin and end at midnight in the time zone given.
 *
 * A last day belongs to the period as a whole; nothing after `now` does.
 */
export function parsePeriod({ last, from, to }: PeriodFlags, timeZone: string, now: number, usualMs: number): Period {
  const end = to === undefined ? now : Math.min(now, instantOf('--to', to, timeZone, true));
  if (from === undefined) return { from: end - (last === undefined ? usualMs : spanOf(last)), to: end };
  const begin = instantOf('--from', from, timeZone, false);
  if (begin >= end) throw new Refusal('time', `The period would end before it begins: ${from} to ${to ?? 'now'}.`);
  return { from: begin, to: end };
}

/** Reads `90d`, `12w`, `36h` and what agreements write, such as `90 days`. */
function spanOf(text: string): number {
  const [, count, unit] = /^(\d+)\s*([hdw])$/.exec(text.trim()) ?? [];
  const span = parseDuration(count === undefined ? text.trim() : `${count} ${short[unit ?? 'd']}`);
  if (span !== undefined && span > 0) return span;
  throw new Refusal('time', `"${text}" is no span of time. Write one such as 90d, 12w or "90 days".`);
}

function instantOf(flag: string, text: string, zone: string, isEnd: boolean): number {
  const parsed = DateTime.fromISO(text, { zone });
  if (!parsed.isValid) throw new Refusal('time', `${flag} "${text}" is no date. Write one such as 2026-03-31.`);
  return (isEnd && /^\d{4}-\d\d-\d\d$/.test(text) ? parsed.plus({ days: 1 }) : parsed).toMillis();
}
