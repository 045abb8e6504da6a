import { describe, expect, it } from 'vitest';
import { timelineAt } from '../../../../src/domain/timeline/timeline-at.ts';
import type { PersonHistory } from '../../../../src/domain/timeline/timeline.ts';
import { activity, dayMs, lead, now } from '../agreement-builder.ts';

const history = (more: Partial<PersonHistory>): PersonHistory => ({
  ...lead({ Status: 'Working', Industry: 'Tech' }),
  createdAt: now - 30 * dayMs,
  changes: [],
  ...more,
});

const status = (daysAgo: number, from: string | null, to: string) =>
  ({ object: 'Lead', field: 'Status', at: now - daysAgo * dayMs, from, to }) as const;

describe('the timeline at an instant', () => {
  it('has the values that later changes were made from, whatever their order', () => {
    const person = history({ changes: [status(2, 'Contacted', 'Working'), status(10, null, 'Contacted')] });
    const at = (daysAgo: number) => timelineAt(person, now - daysAgo * dayMs).fields['Status'];
    expect([at(11), at(10), at(3), at(2), at(0)]).toEqual([null, 'Contacted', 'Contacted', 'Working', 'Working']);
  });

  it('keeps the value of today for a field without changes, and what could not be read unknown', () => {
    const person = history({ changes: [{ ...status(2, 'a', 'b'), field: 'Hidden' }] });
    expect(timelineAt(person, now - 5 * dayMs).fields).toEqual({ Status: 'Working', Industry: 'Tech' });
  });

  it('leaves out what happened later', () => {
    const person = history({ events: [activity(1), activity(9)] });
    expect(timelineAt(person, now - 5 * dayMs).events).toEqual([activity(9)]);
  });

  it('has no account before the conversion', () => {
    const person = history({ related: { Account: { Industry: 'Tech' } }, relatedSince: now - 3 * dayMs });
    expect(timelineAt(person, now - 3 * dayMs - 1).related).toBeUndefined();
    expect(timelineAt(person, now - 3 * dayMs).related).toEqual({ Account: { Industry: 'Tech' } });
  });

  it('undoes changes of related records', () => {
    const won = { object: 'Opportunity', field: 'IsWon', at: now - dayMs, from: false, to: true } as const;
    const person = history({ related: { Opportunity: { IsWon: true } }, changes: [won] });
    expect(timelineAt(person, now - 2 * dayMs).related).toEqual({ Opportunity: { IsWon: false } });
  });

  it('names the owner of then', () => {
    const queue = { id: '00G000000000001AAA', kind: 'queue', name: 'Inbound' } as const;
    const rep = { id: '005000000000001AAA', kind: 'user', name: 'Ann' } as const;
    const change = { ...status(4, queue.id, rep.id), field: 'OwnerId' };
    const person = history({ owner: rep, owners: { [queue.id]: queue }, changes: [change] });
    expect(timelineAt(person, now - 5 * dayMs).owner).toEqual(queue);
    expect(timelineAt(person, now).owner).toEqual(rep);
  });
});
