import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inTransaction } from '../../../../src/embedded-org/data/dml/run-batch.ts';
import type { DmlOptions } from '../../../../src/embedded-org/data/types.ts';
import { openTestOrg, type TestOrg } from '../../../support/test-org.ts';

type Step =
  | { readonly kind: 'insert' | 'update'; readonly ratings: readonly (string | null)[]; readonly from: number }
  | { readonly kind: 'delete' | 'undelete'; readonly from: number; readonly count: number };

const rating = fc.constantFrom('Hot', 'Warm', 'Cold', null, 'x'.repeat(300));
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('insert' as const, 'update' as const),
    ratings: fc.array(rating, { minLength: 1, maxLength: 4 }),
    from: fc.nat(9),
  }),
  fc.record({
    kind: fc.constantFrom('delete' as const, 'undelete' as const),
    from: fc.nat(9),
    count: fc.integer({ min: 1, max: 3 }),
  }),
);

/** Runs a call as clients do; a rating that is too long fails its row, or with all-or-none the whole call. */
function run(org: TestOrg, ids: string[], each: Step, options: DmlOptions): void {
  const { org: target } = org;
  const system = target.system();
  if ('count' in each) {
    const chosen = ids.slice(each.from, each.from + each.count);
    if (each.kind === 'delete') target.remove(system, chosen, options);
    else target.undeleteRows(system, chosen, options);
  } else if (each.kind === 'insert') {
    const rows = each.ratings.map((Rating) => ({ LastName: 'Lead', Company: 'Engine', Rating }));
    ids.push(...target.insert(system, 'Lead', rows, options).flatMap(({ id }) => id ?? []));
  } else {
    const rows = each.ratings.flatMap((Rating, i) => {
      const Id = ids[each.from + i];
      return Id === undefined ? [] : [{ Id, Rating }];
    });
    target.update(system, 'Lead', rows, options);
  }
}

/** Several calls that a client made as one: all of them happen at once, or none. */
const composite = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 3 }),
  allOrNone: fc.boolean(),
  keep: fc.boolean(),
});

/** What a subscriber knows who has only ever heard the events. */
function replay(org: TestOrg): Map<string, unknown> {
  const known = new Map<string, unknown>();
  for (const { payload } of org.org.changes.log.after(0, ['Lead'], 10_000)) {
    const { changeType, recordIds } = payload.ChangeEventHeader;
    for (const id of recordIds) {
      if (changeType === 'DELETE') known.delete(id);
      else if (changeType !== 'UPDATE') known.set(id, payload['Rating'] ?? null);
      else if (Object.hasOwn(payload, 'Rating')) known.set(id, payload['Rating']);
    }
  }
  return known;
}

describe('the change events of an object', () => {
  it('tell nothing of a record that was created and deleted in one transaction', () => {
    const org = openTestOrg();
    try {
      org.org.changes.selection.select('ChangeEvents', 'Lead');
      const ids: string[] = [];
      const options = { allOrNone: true, autoAssign: false, apiVersion: 68 };
      inTransaction(org.org.core, () => {
        run(org, ids, { kind: 'insert', ratings: ['Hot', 'Cold'], from: 0 }, options);
        run(org, ids, { kind: 'delete', from: 0, count: 1 }, options);
        return { keep: true };
      });
      expect([...replay(org).keys()]).toEqual(ids.slice(1));
    } finally {
      org.org.close();
    }
  });

  it('rebuild its records, whatever calls failed, were rolled back or merged', () => {
    fc.assert(
      fc.property(fc.array(composite, { minLength: 1, maxLength: 8 }), (composites) => {
        const org = openTestOrg();
        try {
          org.org.changes.selection.select('ChangeEvents', 'Lead');
          const ids: string[] = [];
          for (const { steps, allOrNone, keep } of composites) {
            org.clock.advance(1_000);
            inTransaction(org.org.core, () => {
              for (const each of steps) run(org, ids, each, { allOrNone, autoAssign: false, apiVersion: 68 });
              return { keep };
            });
          }
          const rows = org.query('SELECT Id, Rating FROM Lead');
          expect(replay(org)).toEqual(new Map(rows.map((row) => [row['Id'], row['Rating']])));
        } finally {
          org.org.close();
        }
      }),
      { numRuns: 60 },
    );
  });
});
