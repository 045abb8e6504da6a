import { describe, expect, it } from 'vitest';
import { lastEvents } from '../../../../src/app/sync/last-events.ts';
import type { TimelineEvent } from '../../../../src/domain/timeline/timeline.ts';
import { activity, agreement, dayMs, lead, now } from '../../domain/agreement-builder.ts';

const signal = (daysAgo: number, attributes: TimelineEvent['attributes']): TimelineEvent => ({
  ...activity(daysAgo, attributes),
  kind: 'signal',
});

const told = (events: readonly TimelineEvent[], document = agreement()) =>
  JSON.parse(lastEvents(document, lead({}, events), now)) as readonly Record<string, unknown>[];

describe('the last events of a lead', () => {
  it('are five at most, the latest first, and none that is still to come', () => {
    const events = [-1, 9, 2, 5, 1, 7, 3].map((daysAgo) => activity(daysAgo, { type: 'call' }));
    expect(told(events)).toEqual(
      [1, 2, 3, 5, 7].map((daysAgo) => ({
        kind: 'activity',
        title: 'Call',
        at: new Date(now - daysAgo * dayMs).toISOString(),
      })),
    );
  });

  it('leave out what a restricted fact is about', () => {
    const facts = {
      employees: { field: 'Lead.NumberOfEmployees' },
      secret: { count: 'signal', where: { path: '/careers*' }, restricted: true },
    } as const;
    const events = [signal(1, { path: '/careers/jobs' }), signal(2, { name: 'Pricing', path: '/pricing' })];
    expect(told(events, agreement({ facts }))).toMatchObject([{ kind: 'signal', title: 'Pricing' }]);
  });

  it('leave out the stages and hand-offs, which their own records tell', () => {
    const stage: TimelineEvent = { kind: 'stage', recordId: 'x', at: now - dayMs, attributes: { stage: 'mql' } };
    expect(told([stage, { ...stage, kind: 'hand-off' }])).toEqual([]);
  });
});
