import * as fc from 'fast-check';
import type { FieldChange, PersonHistory } from '../../../src/domain/timeline/timeline.ts';
import { dayMs, now } from './agreement-builder.ts';
import { fieldValues, timelines } from './random-agreement.ts';

export const start = now - 12 * dayMs;

const value = {
  Employees: fc.oneof(fc.integer({ min: 0, max: 8 }), fc.constant(null)),
  Industry: fc.constantFrom('Tech', 'Retail', 'Select', null),
};

const change: fc.Arbitrary<Omit<FieldChange, 'to'>> = fc.constantFrom('Employees', 'Industry').chain((field) =>
  fc.record({
    object: fc.constant('Lead' as const),
    field: fc.constant(field),
    at: fc.integer({ min: -12 * 24, max: 0 }).map((hours) => now + hours * 3_600_000),
    from: value[field],
  }),
);

/** People who were created twelve days before `now`, with up to six changes of fields and up to eight events. */
export const histories: fc.Arbitrary<PersonHistory> = fc
  .tuple(timelines, fieldValues, fc.array(change, { maxLength: 6 }))
  .map(([timeline, fields, changes]) => ({ ...timeline, fields, createdAt: start, changes: linked(changes, fields) }));

/** Each change leads to what the next one of its field began with, the last to the value of today. */
function linked(changes: readonly Omit<FieldChange, 'to'>[], fields: PersonHistory['fields']): FieldChange[] {
  const sorted = changes.toSorted((a, b) => a.at - b.at);
  return sorted.map((each, index) => {
    const next = sorted.slice(index + 1).find(({ field }) => field === each.field);
    return { ...each, to: next ? next.from : (fields[each.field] ?? null) };
  });
}
