import { describe, expect, it } from 'vitest';
import type { Timeline } from '../../../../src/domain/timeline/timeline.ts';
import { compileAgreement } from '../../../../src/domain/verdict/compile-agreement.ts';
import { decide } from '../../../../src/domain/verdict/decide.ts';
import { toReceipt } from '../../../../src/domain/verdict/receipt.ts';
import { whySentence } from '../../../../src/domain/verdict/why-sentence.ts';
import { agreement, checked, lead, now } from '../agreement-builder.ts';

const segments = [{ id: 'emea', title: 'EMEA', when: { any: [{ country: { is: 'Germany' } }] } }];

describe('a segment of which nobody knows whether a person is in it', () => {
  it('leaves a stage unknown where the definitions that may apply disagree, and say what has to be known', () => {
    const facts = { employees: { field: 'Lead.Employees' }, country: { field: 'Lead.Country' } } as const;
    const stages = [
      { id: 'inquiry', title: 'Inquiry' },
      {
        id: 'mql',
        title: 'MQL',
        when: { all: [{ employees: { atLeast: 50 } }] },
        whenIn: { emea: { all: [{ employees: { atLeast: 100 } }] } },
      },
    ];
    const compiled = compileAgreement(checked({ ...agreement({ facts, stages }), segments }));
    const judged = (fields: Timeline['fields']) => decide(compiled, lead(fields), now);
    const outcomes = [10, 60, 200].map((Employees) => judged({ Employees, Country: null }).verdicts[1]?.outcome);
    expect(outcomes).toEqual(['not-met', 'unknown', 'met']);

    const unclear = judged({ Employees: 60, Country: null });
    expect(unclear).toMatchObject({ stage: 'inquiry', openSegments: [{ segment: 'emea' }] });
    const receipt = toReceipt(unclear, compiled, { version: 1, hash: '0', decidedAt: now });
    expect(receipt.definitions[1]).toMatchObject({
      outcome: 'unknown',
      clauses: [
        { id: 'mql.all.0', outcome: 'met' },
        { id: 'emea.any.0', outcome: 'unknown' },
      ],
    });
    expect(whySentence(receipt)).toBe('Not yet MQL: Country is not known');
    expect(judged({ Employees: 60, Country: 'France' })).not.toHaveProperty('openSegments');
  });

  it('keeps back the outcome while a restricted definition may apply', () => {
    const facts = {
      employees: { field: 'Lead.Employees' },
      country: { field: 'Lead.Country' },
      margin: { field: 'Lead.Margin', restricted: true },
    } as const;
    const stages = [
      { id: 'inquiry', title: 'Inquiry' },
      {
        id: 'mql',
        title: 'MQL',
        when: { all: [{ employees: { atLeast: 50 } }] },
        whenIn: { emea: { all: [{ margin: { atLeast: 5 } }] } },
      },
    ];
    const compiled = compileAgreement(checked({ ...agreement({ facts, stages }), segments }));
    const told = [null, 1].map((Margin) => {
      const decision = decide(compiled, lead({ Employees: 60, Country: null, Margin }), now);
      return toReceipt(decision, compiled, { version: 1, hash: '0', decidedAt: now }).definitions;
    });
    expect(told[0]).toEqual(told[1]);
    expect(told[0]?.[1]).not.toHaveProperty('outcome');
  });
});
