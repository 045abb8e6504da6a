import { parseDuration } from './duration.ts';

/** How long a promise gives: time in a calendar's open hours, its open days, or time on the clock. */
export type PromiseSpan =
  { readonly kind: 'clock' | 'business'; readonly ms: number } | { readonly kind: 'days'; readonly days: number };

/**
 * Parses `4 business hours`, `10 business days` or `36 hours`.
 *
 * Returns undefined for anything else; a business week has no length that everybody agrees on.
 */
export function parsePromiseSpan(written: string): PromiseSpan | undefined {
  const match = /^\s*(\d+)\s+business\s+(minute|hour|day)s?\s*$/i.exec(written);
  if (!match?.[1] || !match[2]) {
    const ms = parseDuration(written);
    return ms === undefined ? undefined : { kind: 'clock', ms };
  }
  const unit = match[2].toLowerCase();
  const ms = parseDuration(`${match[1]} ${unit}`);
  if (ms === undefined) return undefined;
  return unit === 'day' ? { kind: 'days', days: Number(match[1]) } : { kind: 'business', ms };
}

/** `90 % of last 50`: the share that must be kept, and over how many of the latest. */
export type Share = { readonly share: number; readonly of: number };

export function parseShare(written: string): Share | undefined {
  const match = /^\s*(\d{1,3}(?:\.\d{1,2})?)\s*%\s+of\s+(?:the\s+)?last\s+([1-9]\d{0,3})\s*$/i.exec(written);
  if (!match?.[1] || !match[2]) return undefined;
  const share = Number(match[1]) / 100;
  return share > 0 && share <= 1 ? { share, of: Number(match[2]) } : undefined;
}

export type Period = 'week' | 'month' | 'quarter';
/** `200 per month`. */
export type Volume = { readonly target: number; readonly per: Period };

export function parseVolume(written: string): Volume | undefined {
  const match = /^\s*([1-9]\d{0,6})\s+(?:per|a)\s+(week|month|quarter)\s*$/i.exec(written);
  if (!match?.[1] || !match[2]) return undefined;
  return { target: Number(match[1]), per: match[2].toLowerCase() as Period };
}

/** `75 %` → 0.75; undefined for anything that is no share of a promise's time. */
export function parsePercent(written: string): number | undefined {
  const match = /^\s*([1-9]\d{0,2})\s*%\s*$/.exec(written);
  return match?.[1] ? Number(match[1]) / 100 : undefined;
}
