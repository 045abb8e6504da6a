import { describe, expect, it } from 'vitest';
import { previewTables } from '../../../src/cli/preview-tables.ts';
import type { PreviewResult, PromiseEffect } from '../../../src/domain/preview/preview-result.ts';

const group = { people: 0, succeeded: { count: 0, of: 0 }, open: 0 };
const version = { name: 'Northwind', hash: '0' };

const preview = (against: PreviewResult['against'], promises?: PromiseEffect): PreviewResult => ({
  v: 1,
  headline: '',
  proposed: version,
  against,
  from: '2026-05-01T00:00:00.000Z',
  to: '2026-06-01T00:00:00.000Z',
  asOf: '2026-06-01T00:00:00.000Z',
  timeZone: 'UTC',
  people: 0,
  target: { stage: 'mql', title: 'MQL' },
  stages: [],
  by: {},
  reached: { current: group, proposed: group },
  dropped: group,
  added: group,
  sooner: 0,
  later: 0,
  load: [],
  clauses: [],
  restsOnToday: { people: { count: 0, of: 0 }, fields: [] },
  findings: [],
  ...(promises && { promises }),
});

const clocks = (kept: number, missed: number) =>
  ({
    started: kept + missed,
    kept: { count: kept, of: kept + missed },
    missed,
    unproven: 0,
    running: 0,
    ended: 0,
  }) as const;

const promises: PromiseEffect = {
  timed: [
    { promise: 'first-touch', title: 'First touch', current: clocks(3, 2), proposed: clocks(2, 0) },
    { promise: 'depth', title: 'Depth', proposed: clocks(1, 1) },
  ],
  volumes: [
    {
      promise: 'volume',
      title: 'Volume',
      target: { current: 5, proposed: 4 },
      periods: [
        { period: '2026-05', whole: true, count: { current: 5, proposed: 2 } },
        { period: '2026-06', whole: false, count: { current: 0, proposed: 0 } },
      ],
    },
  ],
};

const rowsOf = (result: PreviewResult, title: string) =>
  previewTables(result, []).find((table) => table.title.startsWith(title))?.rows;

describe('the tables of a preview', () => {
  it('show clocks of both sides, and a dash where a side does not make the promise', () => {
    expect(rowsOf(preview([version], promises), 'Promises')).toEqual([
      {
        promise: 'First touch',
        started: '5 → 2',
        kept: '3 of 5 → 2 of 2',
        missed: '2 → 0',
        unproven: '0',
        running: '0',
      },
      { promise: 'Depth', started: '– → 2', kept: '– → 1 of 2', missed: '– → 1', unproven: '– → 0', running: '– → 0' },
    ]);
    expect(rowsOf(preview([], promises), 'Promises')?.[0]).toMatchObject({ started: '2', kept: '2 of 2' });
  });

  it('show hand-offs against the target, and which period is seen in part', () => {
    expect(rowsOf(preview([version], promises), 'Hand-offs promised')).toEqual([
      { promise: 'Volume', period: '2026-05', count: '5 → 2 (−3)', target: '5 → 4' },
      { promise: 'Volume', period: '2026-06 (in part)', count: '0', target: '5 → 4' },
    ]);
  });

  it('say nothing of promises where there are none', () => {
    for (const title of ['Promises', 'Hand-offs promised']) expect(rowsOf(preview([version]), title)).toBeUndefined();
  });
});
