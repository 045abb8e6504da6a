import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeDocuments } from '../../../../../src/domain/agreement/diff/merge-documents.ts';
import { agreements } from '../../random-agreement.ts';

const base = {
  name: 'A',
  facts: { size: { field: 'Lead.Size' } },
  stages: [{ id: 'mql', all: [{ size: { atLeast: 50 } }, { calls: { atLeast: 1 } }] }],
};
const withSize = (atLeast: number) => ({
  ...base,
  stages: [{ id: 'mql', all: [{ size: { atLeast } }, { calls: { atLeast: 1 } }] }],
});

describe('mergeDocuments', () => {
  it('takes what one side alone has changed', () => {
    const ours = { ...base, name: 'B' };
    expect(mergeDocuments(base, ours, withSize(20))).toEqual({ merged: { ...withSize(20), name: 'B' }, conflicts: [] });
  });

  it('takes what both sides have changed alike', () => {
    expect(mergeDocuments(base, withSize(20), withSize(20))).toEqual({ merged: withSize(20), conflicts: [] });
  });

  it('names the place where both sides differ, and what each says', () => {
    const { conflicts } = mergeDocuments(base, withSize(20), withSize(30));
    expect(conflicts).toEqual([{ path: 'stages.mql.all.size.size.atLeast', base: 50, ours: 20, theirs: 30 }]);
  });

  it('does not mix two additions of the same name', () => {
    const ours = { ...base, facts: { ...base.facts, calls: { count: 'activity' } } };
    const theirs = { ...base, facts: { ...base.facts, calls: { field: 'Lead.Calls' } } };
    expect(mergeDocuments(base, ours, theirs).conflicts).toMatchObject([{ path: 'facts.calls' }]);
  });

  it('takes a removal against no change, and refuses it against a change', () => {
    const without = { ...base, facts: {} };
    expect(mergeDocuments(base, without, base).merged).toEqual(without);
    const changed = { ...base, facts: { size: { field: 'Lead.Other' } } };
    expect(mergeDocuments(base, without, changed).conflicts).toHaveLength(1);
  });

  it('puts an added item where its side has put it, beside what the other side added', () => {
    const list = (...items: readonly string[]) => ({ list: items });
    const { merged, conflicts } = mergeDocuments(list('a', 'b'), list('a', 'x', 'b'), list('a', 'b', 'y'));
    expect({ merged, conflicts }).toEqual({ merged: list('a', 'x', 'b', 'y'), conflicts: [] });
    expect(mergeDocuments(list('a', 'b'), list('b', 'a'), list('a', 'b', 'y')).merged).toEqual(list('b', 'y', 'a'));
  });

  it('gives either side back where the other has changed nothing', () => {
    fc.assert(
      fc.property(agreements(), agreements(), (one, other) => {
        expect(mergeDocuments(one, other, one)).toEqual({ merged: other, conflicts: [] });
        expect(mergeDocuments(one, one, other)).toEqual({ merged: other, conflicts: [] });
      }),
    );
  });
});
