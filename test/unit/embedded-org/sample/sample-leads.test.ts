import { describe, expect, it } from 'vitest';
import { makeLeads } from '../../../../src/embedded-org/sample/sample-leads.ts';

const NOW = Date.UTC(2026, 5, 15, 12);
const DAY = 86_400_000;
const make = (seed: number) => makeLeads(seed, 500, 180, NOW, 6);

describe('the sample company', () => {
  it('is the same for the same seed and end, and another for another seed', () => {
    expect(make(1)).toEqual(make(1));
    expect(make(1)).not.toEqual(make(2));
  });

  it('has the same people tomorrow, whatever the weekday', () => {
    const names = (now: number) => makeLeads(5, 300, 180, now, 6).map(({ fields }) => fields);
    expect(names(NOW + DAY)).toEqual(names(NOW));
  });

  it('has nothing in the future and nothing before a lead came', () => {
    for (const lead of make(3)) {
      const later = [...lead.touches, ...lead.statuses, ...lead.responses, ...(lead.assigned ? [lead.assigned] : [])];
      expect(lead.createdAt).toBeGreaterThan(NOW - 180 * DAY);
      for (const { at } of later) {
        expect(at).toBeGreaterThan(lead.createdAt);
        expect(at).toBeLessThan(NOW);
      }
    }
  });

  it('leaves some facts blank and some leads in the queue, so that unknown and unowned can be seen', () => {
    const leads = make(4);
    expect(leads.some((lead) => lead.fields['NumberOfEmployees'] === undefined)).toBe(true);
    expect(leads.some((lead) => lead.assigned === undefined)).toBe(true);
    expect(leads.filter((lead) => lead.assigned).length).toBeGreaterThan(leads.length * 0.85);
  });
});
