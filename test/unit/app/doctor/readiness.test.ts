import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/app/doctor/finding.ts';
import { readiness, type ReadinessFacts } from '../../../../src/app/doctor/readiness.ts';

const day = 86_400_000;
const ready: ReadinessFacts = {
  signed: true,
  highestMode: 'enforce',
  measured: 14 * day,
  leads: { total: 100, owned: 95 },
  findings: [],
};
const finding = (severity: Finding['severity']): Finding => ({
  id: 'clock-skew',
  severity,
  title: 'The clock is wrong.',
  evidence: [],
  fixedBy: 'administrator',
  how: 'Set it.',
});

describe('readiness', () => {
  it('is enforce once both have signed, two weeks are measured, 95 % have an owner and nothing blocks it', () => {
    const { readyFor, conditions } = readiness(ready);
    expect(readyFor).toBe('Enforce');
    expect(conditions.every((each) => each.met)).toBe(true);
    expect(readiness({ ...ready, findings: [finding('warns'), finding('info')] }).readyFor).toBe('Enforce');
    expect(readiness({ ...ready, leads: { total: 0, owned: 0 } }).readyFor).toBe('Enforce');
  });

  it.each<[string, Partial<ReadinessFacts>, string]>([
    ['baseline', { measured: 14 * day - 1 }, 'The org has to be measured for 14 days first: 13 days so far.'],
    [
      'baseline',
      { measured: undefined },
      'The org has to be measured for 14 days first: nothing has been measured yet.',
    ],
    [
      'owners',
      { leads: { total: 100, owned: 94 } },
      'An active user has to own 95 % of the open leads: now 94 of 100 open leads.',
    ],
    ['owners', { leads: undefined }, 'The owners of the leads could not be counted.'],
    ['findings', { findings: [finding('blocks-enforce')] }, '1 finding would make enforcement unfair: clock-skew.'],
  ])('stays at advise while %s is not met', (id, change, sentence) => {
    const { readyFor, conditions } = readiness({ ...ready, ...change });
    expect(readyFor).toBe('Advise');
    expect(conditions.filter((each) => !each.met)).toEqual([{ id, met: false, sentence }]);
  });

  it('goes no higher than the document allows', () => {
    expect(readiness({ ...ready, highestMode: 'advise' })).toMatchObject({ readyFor: 'Advise' });
    const { readyFor, conditions } = readiness({ ...ready, highestMode: 'observe' });
    expect(readyFor).toBe('Observe');
    expect(conditions.filter((each) => !each.met)).toEqual([
      { id: 'document', met: false, sentence: 'The document allows observe at most.' },
    ]);
  });

  it('is observe while not both have signed, whatever else is met', () => {
    expect(readiness({ ...ready, signed: false }).readyFor).toBe('Observe');
  });
});
