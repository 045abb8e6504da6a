import type { FieldChange } from '../../domain/timeline/timeline.ts';
import type { CrmRecord } from '../ports.ts';
import { opportunitySteps } from './plan-related.ts';
import { instant } from './timeline-of.ts';

/**
 * What the history of an opportunity tells of its fields.
 *
 * It has no row for winning, which happens with the stage: the last change of the stage is when it was won or closed.
 */
export function opportunityChanges(today: CrmRecord, steps: readonly CrmRecord[]): readonly FieldChange[] {
  const rows = steps
    .flatMap((row) => {
      const at = instant(row['CreatedDate']);
      return at === undefined ? [] : [{ at, row }];
    })
    .toSorted((a, b) => a.at - b.at || (String(a.row['Id']) < String(b.row['Id']) ? -1 : 1));
  const changes: FieldChange[] = [];
  for (const [index, { at, row }] of rows.entries()) {
    const before = rows[index - 1]?.row;
    if (!before) continue;
    for (const field of opportunitySteps) {
      const [from, to] = [before[field] ?? null, row[field] ?? null];
      if (from !== to) changes.push({ object: 'Opportunity', field, at, from, to });
    }
  }
  const reached = changes.findLast(({ field }) => field === 'StageName')?.at;
  if (reached === undefined) return changes;
  const ends = ['IsWon', 'IsClosed'].filter((field) => today[field] === true);
  return [
    ...changes,
    ...ends.map((field) => ({ object: 'Opportunity', field, at: reached, from: false, to: true }) as const),
  ];
}
