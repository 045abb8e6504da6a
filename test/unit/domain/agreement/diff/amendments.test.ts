import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amendments, amendmentText } from '../../../../../src/domain/agreement/diff/amendments.ts';
import type { Agreement, Definition } from '../../../../../src/domain/agreement/schema.ts';
import { agreement } from '../../agreement-builder.ts';
import { depth, firstTouch, promising, quality, volume } from '../../promise-agreement.ts';
import { agreements } from '../../random-agreement.ts';

const facts: Agreement['facts'] = {
  employees: { field: 'Lead.NumberOfEmployees' },
  country: { field: 'Lead.Country', title: 'Country' },
  calls: { count: 'activity', within: '30 days' },
};
const withDefinition = (when: Definition): Agreement => agreement({ facts, when });
const texts = (before: Agreement, after: Agreement): readonly string[] => amendments(before, after).map(amendmentText);

describe('amendments', () => {
  const all = withDefinition({ all: [{ employees: { atLeast: 50 } }, { country: { in: ['Canada', 'France'] } }] });

  it('say which bound of which clause has moved', () => {
    const lower = withDefinition({ all: [{ employees: { atLeast: 20 } }, { country: { in: ['Canada', 'France'] } }] });
    expect(texts(all, lower)).toEqual(['Marketing qualified lead: Employees: at least 50 → at least 20']);
    expect(amendments(all, lower)[0]).toMatchObject({ kind: 'changed', path: 'stages.mql.when.all.employees' });
  });

  it('say a comparison of another kind once', () => {
    const other = withDefinition({ all: [{ employees: { above: 20 } }, { country: { in: ['Canada', 'France'] } }] });
    expect(texts(all, other)).toEqual(['Marketing qualified lead: Employees: at least 50 → more than 20']);
  });

  it('say what came and went', () => {
    const other = withDefinition({ all: [{ country: { in: ['Canada'] } }], none: [{ calls: { below: 1 } }] });
    expect(texts(all, other)).toEqual([
      'Marketing qualified lead: removed "Employees at least 50"',
      'Marketing qualified lead: Country: Canada or France → Canada',
      'Marketing qualified lead: added "none of (Calls less than 1)"',
    ]);
    const more = withDefinition({ all: [...(all.stages[1]?.when?.all ?? []), { calls: { atLeast: 2 } }] });
    expect(texts(all, more)).toEqual(['Marketing qualified lead: added "Calls at least 2"']);
  });

  it('say what changed besides definitions', () => {
    const before = withDefinition({ all: [{ employees: { atLeast: 50 } }] });
    const after: Agreement = {
      ...before,
      highestMode: 'enforce',
      parties: { ...before.parties, sales: { signers: ['new@northwind.example'] } },
      facts: { ...facts, calls: { count: 'activity', within: '60 days', restricted: true } },
      rhythm: { expires: '90 days' },
    };
    expect(texts(before, after)).toEqual([
      'Signers of sales: removed vp@northwind.example',
      'Signers of sales: added new@northwind.example',
      'Highest mode: observe → enforce',
      'Fact Calls: within: 30 days → 60 days',
      'Fact Calls: restricted: added yes',
      'Rhythm: added expires: 90 days',
    ]);
  });

  it('name a stage that is added, and a new order', () => {
    const [inquiry, mql] = all.stages;
    if (!inquiry || !mql) throw new Error('The agreement has two stages.');
    const swapped = { ...all, stages: [mql, inquiry] };
    expect(texts(all, swapped)).toEqual(['Stages: order inquiry, mql → mql, inquiry']);
    const longer = { ...all, stages: [...all.stages, { id: 'sql', title: 'Sales qualified lead' }] };
    expect(texts(all, longer)).toEqual(['Sales qualified lead: added']);
  });

  it('say which promise and which calendar has changed', () => {
    const after = promising({ promises: [{ ...firstTouch, within: '2 business hours' }, depth, volume, quality] });
    after.calendars = { 'Sales US': { ...after.calendars?.['Sales US'], holidays: 'all' } };
    expect(texts(promising(), after)).toEqual([
      'Calendar Sales US: holidays: 12-25 → all',
      'Promise first-touch: within: 4 business hours → 2 business hours',
    ]);
  });

  it('exist whenever two agreements differ, and are texts throughout', () => {
    fc.assert(
      fc.property(agreements(), agreements(), (one, other) => {
        const found = texts(one, other);
        expect(found.length > 0).toBe(JSON.stringify(one) !== JSON.stringify(other));
        expect(found.join()).not.toMatch(/undefined|\[object/);
      }),
    );
  });
});
