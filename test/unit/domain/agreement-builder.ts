import { checkAgreement } from '../../../src/domain/agreement/check-agreement.ts';
import type { Agreement, Comparison, Condition, Definition, Fact } from '../../../src/domain/agreement/schema.ts';
import type { Timeline, TimelineEvent } from '../../../src/domain/timeline/timeline.ts';

export const now = Date.parse('2026-06-01T12:00:00Z');
export const dayMs = 86_400_000;

/** A valid agreement; `when` defines its one stage above the first. */
export function agreement(
  changes: { facts?: Record<string, Fact>; when?: Definition; stages?: Agreement['stages'] } = {},
): Agreement {
  const facts = changes.facts ?? { employees: { field: 'Lead.NumberOfEmployees' } };
  const when = changes.when ?? { all: [{ employees: { atLeast: 50 } }] };
  return {
    accord: 1,
    name: 'Northwind revenue agreement',
    timeZone: 'America/New_York',
    parties: { marketing: { signers: ['cmo@northwind.example'] }, sales: { signers: ['vp@northwind.example'] } },
    highestMode: 'observe',
    facts,
    stages: changes.stages ?? [
      { id: 'inquiry', title: 'Inquiry' },
      { id: 'mql', title: 'Marketing qualified lead', when },
    ],
  };
}

/** The agreement as the check returns it; fails the test when it has problems. */
export function checked(document: Agreement): Agreement {
  const result = checkAgreement(document);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.agreement;
}

/** An agreement whose one definition is this one criterion. */
export const oneCriterion = (fact: Fact, comparison: Comparison): Agreement =>
  agreement({ facts: { it: fact }, when: { all: [{ it: comparison }] } });

export const criterion = (fact: string, comparison: Comparison): Condition => ({ [fact]: comparison });

export function lead(fields: Timeline['fields'], events: readonly TimelineEvent[] = []): Timeline {
  return { personId: '00Q000000000001AAA', object: 'Lead', fields, events };
}

/** An activity so many days before `now`. */
export function activity(daysAgo: number, attributes: TimelineEvent['attributes'] = { type: 'Call' }): TimelineEvent {
  return { kind: 'activity', recordId: `00T${daysAgo}`, at: now - daysAgo * dayMs, attributes };
}
