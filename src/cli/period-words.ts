import type { PreviewResult } from '../domain/preview/preview-result.ts';

/**
 * The first and the last day of a preview, its time zone, and when its data were last read, for people to read.
 *
 * A period that ends at midnight has the day before as its last.
 */
export function periodWords({
  from,
  to,
  asOf,
  syncedAt = asOf,
  timeZone,
}: Pick<PreviewResult, 'from' | 'to' | 'asOf' | 'syncedAt' | 'timeZone'>): readonly [string, string, string, string] {
  const day = (at: number): string => new Date(at).toLocaleDateString('en-GB', { dateStyle: 'medium', timeZone });
  const read = new Date(syncedAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone });
  return [day(Date.parse(from)), day(Date.parse(to) - 1), timeZone, read];
}
