import { describe, expect, it } from 'vitest';
import { toDateText, toDateTimeText, toRelativeText } from '../../../lwc-bridge/elements/lead-card/time-text.ts';

const now = Date.parse('2026-11-21T21:00:00.000Z');
const american = { locale: 'en-US', timeZone: 'America/New_York' };
const relative = (iso: string, locale = 'en-US'): string => toRelativeText(iso, now, { ...american, locale });

describe('time text', () => {
  it.each([
    ['2026-11-21T21:00:00.000Z', 'now'],
    ['2026-11-21T20:59:30.000Z', '30 seconds ago'],
    ['2026-11-21T20:58:00.000Z', '2 minutes ago'],
    ['2026-11-21T18:00:00.000Z', '3 hours ago'],
    ['2026-11-20T20:00:00.000Z', 'yesterday'],
    ['2026-11-10T09:00:00.000Z', '1 week ago'],
    ['2024-11-10T09:00:00.000Z', '2 years ago'],
    ['2026-11-23T21:00:00.000Z', 'in 2 days'],
  ])('says of %s: %s', (iso, text) => {
    expect(relative(iso)).toBe(text);
  });

  it("speaks the user's language", () => {
    expect(relative('2026-11-21T18:00:00.000Z', 'de-DE')).toBe('vor 3 Stunden');
  });

  it("writes dates in the user's time zone, where a late evening is already the next day", () => {
    const iso = '2026-11-20T23:30:00.000Z';
    expect(toDateText(iso, american)).toBe('Nov 20, 2026');
    expect(toDateText(iso, { locale: 'en-US', timeZone: 'Asia/Tokyo' })).toBe('Nov 21, 2026');
    expect(toDateTimeText(iso, american).replaceAll(/\s/g, ' ')).toBe('Nov 20, 2026, 6:30 PM');
  });
});
