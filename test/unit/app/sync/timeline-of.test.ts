import { describe, expect, it } from 'vitest';
import type { CrmRecord } from '../../../../src/app/ports.ts';
import { timelineOf } from '../../../../src/app/sync/timeline-of.ts';

const lead = { Id: '00Q1', Company: 'Engines' };
const events = (records: { tasks?: CrmRecord[]; events?: CrmRecord[]; members?: CrmRecord[] }) =>
  timelineOf({ lead, tasks: [], events: [], members: [], ...records }).events;

describe('timelineOf', () => {
  it('takes a completed task at its completion, else at its creation', () => {
    const task = { Id: '00T1', IsClosed: true, CreatedDate: '2026-01-02T00:00:00Z', TaskSubtype: 'Call' };
    const completed = { ...task, Id: '00T2', CompletedDateTime: '2026-01-03T00:00:00Z', Type: 'Meeting' };
    expect(events({ tasks: [task, completed] })).toEqual([
      {
        kind: 'activity',
        recordId: '00T1',
        at: Date.UTC(2026, 0, 2),
        attributes: { type: 'call', subtype: 'call', status: null },
      },
      {
        kind: 'activity',
        recordId: '00T2',
        at: Date.UTC(2026, 0, 3),
        attributes: { type: 'meeting', subtype: 'call', status: null },
      },
    ]);
  });

  it('leaves out an open task and a member who has not responded', () => {
    const tasks = [{ Id: '00T1', IsClosed: false, CreatedDate: '2026-01-02T00:00:00Z' }];
    const members = [{ Id: '00v1', HasResponded: false, CreatedDate: '2026-01-02T00:00:00Z' }];
    expect(events({ tasks, members })).toEqual([]);
  });

  it('takes an event at its end and a response on its day', () => {
    const found = events({
      events: [{ Id: '00U1', StartDateTime: '2026-01-02T10:00:00Z', EndDateTime: '2026-01-02T11:00:00Z' }],
      members: [{ Id: '00v1', HasResponded: true, FirstRespondedDate: '2026-01-05', 'Campaign.Name': 'Webinar' }],
    });
    expect(found.map(({ kind, at }) => [kind, new Date(at).toISOString()])).toEqual([
      ['activity', '2026-01-02T11:00:00.000Z'],
      ['response', '2026-01-05T00:00:00.000Z'],
    ]);
    expect(found[1]?.attributes).toMatchObject({ campaign: 'webinar' });
  });
});
