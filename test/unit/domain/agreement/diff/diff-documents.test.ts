import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../../../../src/domain/agreement/diff/apply-changes.ts';
import { canonicalJson } from '../../../../../src/domain/agreement/canonical-json.ts';
import type { Json } from '../../../../../src/domain/agreement/diff/change.ts';
import { diffDocuments } from '../../../../../src/domain/agreement/diff/diff-documents.ts';
import { agreements } from '../../random-agreement.ts';

const name = fc.constantFrom('id', 'each', 'all', 'a', 'b#2', '#', '__proto__', 'constructor');
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    fc.constantFrom<Json>(0, 1, true, null, '', 'a', 'a#2', 'b', '#'),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(name, tie('json'), { maxKeys: 3 }),
  ),
}));

const applied = (before: Json, after: Json): string =>
  canonicalJson(applyChanges(before, diffDocuments(before, after)));

describe('the difference of two documents', () => {
  it('leads from the one to the other, for any two', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        expect(applied(before, after)).toBe(canonicalJson(after));
      }),
      { numRuns: 2_000 },
    );
  });

  it('leads from one agreement to another', () => {
    fc.assert(
      fc.property(agreements(), agreements(), (before, after) => {
        expect(applied(before, after)).toBe(canonicalJson(after));
      }),
    );
  });

  it('is empty where nothing but the order of keys differs', () => {
    expect(diffDocuments({ a: 1, b: [{ c: 1, d: 2 }] }, { b: [{ d: 2, c: 1 }], a: 1 })).toEqual([]);
  });

  it('finds an item again by its id, and tells that it moved', () => {
    const [one, two] = [
      { id: 'one', n: 1 },
      { id: 'two', n: 2 },
    ];
    expect(diffDocuments([one, two], [two, { ...one, n: 3 }])).toEqual([
      { kind: 'set', path: [{ item: 'one' }, 'n'], from: 1, to: 3 },
      { kind: 'order', path: [], from: ['one', 'two'], to: ['two', 'one'] },
    ]);
  });
});
