import type { ScoreRow } from './score-table.ts';

/**
 * Settles whose limits a column called `Limit` holds: tables that repeat a group's limit on each of its lines mean the group,
 * where lines differ, or only some have one, each line means itself.
 */
export function withLimits(rows: readonly ScoreRow[]): readonly ScoreRow[] {
  const groups = Map.groupBy(rows, ({ group }) => group);
  return rows.map((row) => {
    const { group, cap, groupCap } = row;
    if (group === '' || cap === undefined || groupCap !== undefined) return row;
    const isOfGroup = groups.get(group)?.every((each) => each.cap === cap);
    return isOfGroup ? { ...row, cap: undefined, groupCap: cap } : row;
  });
}
