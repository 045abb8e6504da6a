import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../../../src/domain/agreement/schema.ts';
import type { Timeline } from '../../../../src/domain/timeline/timeline.ts';
import { compileAgreement } from '../../../../src/domain/verdict/compile-agreement.ts';
import { decide } from '../../../../src/domain/verdict/decide.ts';
import { toReceipt } from '../../../../src/domain/verdict/receipt.ts';
import { whySentence } from '../../../../src/domain/verdict/why-sentence.ts';
import { agreement, checked, lead, now } from '../agreement-builder.ts';

function why(document: Agreement, timeline: Timeline): string {
  const compiled = compileAgreement(checked(document));
  const decision = decide(compiled, timeline, now);
  return whySentence(toReceipt(decision, compiled, { version: 1, hash: '', decidedAt: now }));
}

const facts: Agreement['facts'] = {
  employees: { field: 'Lead.NumberOfEmployees' },
  emailDomain: { emailDomain: 'Lead.Email' },
  margin: { field: 'Lead.Margin__c', restricted: true },
};

describe('whySentence', () => {
  it('names the conditions that hold in the stage that was reached, those of `none` in one word', () => {
    const document = agreement({
      facts,
      when: { all: [{ employees: { atLeast: 50 } }], none: [{ emailDomain: { is: 'gmail.com' } }] },
    });
    expect(why(document, lead({ NumberOfEmployees: 50, Email: 'a@x.example' }))).toBe(
      'Employees is at least 50; nothing rules it out',
    );
  });

  it('says what keeps the person from the first definition', () => {
    const document = agreement({
      facts,
      when: {
        all: [{ employees: { atLeast: 50 } }, { emailDomain: { known: true } }],
        none: [{ emailDomain: { is: 'gmail.com' } }],
      },
    });
    expect(why(document, lead({ NumberOfEmployees: 20, Email: 'a@gmail.com' }))).toBe(
      'Not yet Marketing qualified lead: Employees is less than 50; Email domain is gmail.com',
    );
    expect(why(document, lead({ Email: 'a@x.example' }))).toBe(
      'Not yet Marketing qualified lead: Employees is not known',
    );
  });

  it('names nothing that is restricted, and says that there is something', () => {
    const document = agreement({ facts, when: { all: [{ employees: { atLeast: 50 } }, { margin: { above: 0.4 } }] } });
    expect(why(document, lead({ NumberOfEmployees: 60, Margin__c: 0.1 }))).toBe(
      'Not yet Marketing qualified lead: 1 of 1 condition met, 1 not shown',
    );
    const secret = agreement({ facts, when: { all: [{ margin: { above: 0.4 } }] } });
    expect(why(secret, lead({ Margin__c: 0.5 }))).toBe('1 condition not shown');
  });

  it('says so where the first stage is the only one', () => {
    const document = agreement({ facts: {}, stages: [{ id: 'inquiry', title: 'Inquiry' }] });
    expect(why(document, lead({}))).toBe('Inquiry: everybody starts here');
  });

  it('names as many reasons as fit into 255 characters and counts the rest', () => {
    const all = Array.from({ length: 40 }, (_, index) => ({ employees: { atLeast: 50 + index } }));
    const sentence = why(agreement({ facts, when: { all } }), lead({ NumberOfEmployees: 1 }));
    expect(sentence.length).toBeLessThanOrEqual(255);
    expect(sentence).toMatch(/Employees is less than 50; .*; \d+ more$/);
  });

  it('cuts a single reason that is too long by itself', () => {
    const is = 'x'.repeat(300);
    const sentence = why(agreement({ facts, when: { all: [{ emailDomain: { is } }] } }), lead({ Email: 'a@b' }));
    expect(sentence).toHaveLength(255);
    expect(sentence).toMatch(/x…$/);
  });
});
