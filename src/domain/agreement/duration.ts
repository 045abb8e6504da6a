const unitMs: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};

/** Longest span an agreement may name: ten years of days. */
const longestMs = 3_660 * 86_400_000;

/**
 * Parses a span such as `14 days`, `1 week` or `36 Hours` into milliseconds.
 *
 * Returns undefined for anything else: months and years have no fixed length, fractions and zero have no use.
 */
export function parseDuration(text: string): number | undefined {
  const match = /^\s*([1-9]\d{0,6})\s*(minute|hour|day|week)s?\s*$/i.exec(text);
  if (!match?.[1] || !match[2]) return undefined;
  const milliseconds = Number(match[1]) * (unitMs[match[2].toLowerCase()] ?? 0);
  return milliseconds <= longestMs ? milliseconds : undefined;
}
