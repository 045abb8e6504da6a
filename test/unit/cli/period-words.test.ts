import { describe, expect, it } from 'vitest';
import { periodWords } from '../../../src/cli/period-words.ts';

describe('the period of a preview', () => {
  it('ends on its last day, not on the midnight after, and says how old the data are', () => {
    const timeZone = 'America/New_York';
    const asOf = '2018-06-03T16:05:00.000Z';
    const syncedAt = '2018-06-02T16:05:00.000Z';
    const quarter = { from: '2018-01-01T05:00:00.000Z', to: '2018-04-01T04:00:00.000Z', asOf, syncedAt, timeZone };
    expect(periodWords(quarter)).toEqual(['1 Jan 2018', '31 Mar 2018', timeZone, '2 Jun 2018, 12:05']);
    expect(periodWords({ ...quarter, to: '2018-03-31T15:00:00.000Z' })[1]).toBe('31 Mar 2018');
  });
});
