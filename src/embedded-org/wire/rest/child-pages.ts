import { unfinishedChildren } from '../../data/soql/answer/child-rows.ts';
import type { OutputRow } from '../../data/types.ts';
import type { QueryLocators } from './query-locators.ts';

/** Children of one record in one page. */
const MOST_CHILDREN = 500;

/** How many children a record of a page may hold, when the client takes pages of that size. */
export const childPageSize = (pageSize: number): number => Math.min(MOST_CHILDREN, pageSize);

/** Gives every list of children in a page that does not hold all of them the address of its next page. */
export function addChildLocators(
  locators: QueryLocators,
  userId: string,
  rows: readonly OutputRow[],
  toAddress: (locator: string) => string,
): void {
  for (const children of unfinishedChildren(rows)) {
    const id = locators.openChildren(userId, children.all());
    children.nextRecordsUrl = toAddress(`${id}-${children.records.length}`);
  }
}
