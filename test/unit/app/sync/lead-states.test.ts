import { describe, expect, it } from 'vitest';
import { leadStates } from '../../../../src/app/sync/lead-states.ts';

const row = {
  Lead_Id__c: '00Q1',
  Stage__c: 'mql',
  Receipt__c: '{"v":1,"decidedAt":"2026-01-01T00:00:00Z","definitions":[]}',
};

describe('the digest of a state row', () => {
  it('does not change with the instant of the decision', () => {
    const later = { ...row, Receipt__c: row.Receipt__c.replace('2026-01-01', '2026-02-02') };
    expect(leadStates.digest(later)).toBe(leadStates.digest(row));
  });

  it('changes with anything else that the row says', () => {
    for (const field of leadStates.fields) {
      const other = field === 'Receipt__c' ? '{"v":1,"decidedAt":"x","definitions":[1]}' : 'other';
      expect({ field, digest: leadStates.digest({ ...row, [field]: other }) }).not.toEqual({
        field,
        digest: leadStates.digest(row),
      });
    }
  });

  it('takes a blank field and one that was never set for the same', () => {
    expect(leadStates.digest({ ...row, Valid_Until__c: null })).toBe(leadStates.digest(row));
  });
});
