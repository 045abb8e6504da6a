import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../../../src/domain/agreement/schema.ts';
import { previewPerson } from '../../../../src/domain/preview/preview-person.ts';
import { preparePreview } from '../../../../src/domain/preview/preview-rules.ts';
import { toSharedPreview } from '../../../../src/domain/preview/shared-preview.ts';
import { newTally } from '../../../../src/domain/preview/tally.ts';
import { toPreviewResult } from '../../../../src/domain/preview/to-preview-result.ts';
import { compileAgreement } from '../../../../src/domain/verdict/compile-agreement.ts';
import { agreement, checked, dayMs, now } from '../agreement-builder.ts';

const facts = {
  employees: { field: 'Lead.NumberOfEmployees' },
  margin: { field: 'Lead.Margin__c', restricted: true, title: 'Secret margin' },
} as const;

const version = (outcome: Agreement['outcome']): Agreement =>
  checked({
    ...agreement({ facts, when: { all: [{ employees: { atLeast: 50 } }, { margin: { atLeast: 0.2 } }] } }),
    outcome,
  });

/** Sixty people in sixty weeks, each with an owner and a source of their own. */
function preview(proposed: Agreement) {
  const rules = preparePreview({
    proposed: compileAgreement(proposed),
    against: [{ compiled: compileAgreement(proposed), from: -Infinity }],
    from: now - 500 * dayMs,
    to: now,
    asOf: now,
    timeZone: 'UTC',
    success: { kind: 'converted', within: undefined, value: { object: 'Lead', field: 'Margin__c' } },
    knownSince: new Map(),
  });
  const tally = newTally(rules.stages.length, rules.clauses.length);
  for (let index = 0; index < 60; index++) {
    previewPerson(
      rules,
      {
        personId: `00Q${index}`,
        object: 'Lead',
        fields: { NumberOfEmployees: 60, Margin__c: 0.5, LeadSource: `Source ${index}`, IsConverted: true },
        owner: { id: `005${index}`, kind: 'user', name: `Owner ${index}` },
        createdAt: now - index * 7 * dayMs,
        events: [],
        changes: [],
      },
      tally,
    );
  }
  const named = { name: 'Northwind', hash: '0', version: 2 };
  return toPreviewResult(rules, tally, { proposed: named, against: [named], success: 'converted' });
}

describe('a preview for everybody', () => {
  const converted = version({ success: 'converted', value: 'Lead.Margin__c' });

  it('names no person and gives conditions on restricted facts no figures', () => {
    const whole = preview(converted);
    expect(whole.clauses.map(({ clause }) => clause)).toEqual(['mql.all.0', 'mql.all.1']);
    expect(whole.headline).toContain('reach Marketing qualified lead');
    const shared = toSharedPreview(whole, [converted], converted, 30_000);
    const text = JSON.stringify(shared);
    for (const secret of ['Owner', '005', 'Secret margin', 'Margin__c', 'mql.all.1'])
      expect(text).not.toContain(secret);
    expect(shared).toMatchObject({ withheld: 1, load: { owners: 60 } });
    expect(shared.reached.proposed).not.toHaveProperty('worth');
    expect(shared.reached.proposed.succeeded.count).toBe(60);
  });

  it('tells nothing of success where success rests on a restricted fact', () => {
    const secret = version({ success: { all: [{ margin: { atLeast: 0.4 } }] } });
    const shared = toSharedPreview(preview(converted), [secret], secret, 30_000);
    expect(shared).not.toHaveProperty('success');
    expect(shared.reached.proposed.succeeded).toEqual({ count: 0, of: 0 });
    expect(shared.clauses[0]).not.toHaveProperty('lift');
    expect(shared.headline).not.toContain('succeeded');
  });

  it('leaves out rows until it fits', () => {
    const whole = preview(converted);
    for (const longest of [20_000, 8_000, 4_000]) {
      const shared = toSharedPreview(whole, [converted], converted, longest);
      expect(JSON.stringify(shared).length).toBeLessThanOrEqual(longest);
      expect(shared.reached.proposed.people).toBe(60);
    }
  });
});
