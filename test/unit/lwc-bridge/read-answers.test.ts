import { describe, expect, it } from 'vitest';
// @ts-expect-error -- Lightning components are plain JavaScript without declarations
import * as answers from '../../../force-app/main/default/lwc/accordLeadCard/readAnswers.js';
import { makeReceipt } from './lead-receipt.ts';

const { isNoAccess, toFieldNames, toStateRow, toValues } = answers;

const answer = (...nodes: readonly unknown[]): unknown => ({
  uiapi: { query: { Accord_Lead_State__c: { edges: nodes.map((node) => ({ node })) } } },
});

describe('the answers that the Lightning host reads', () => {
  it('has no row for a lead that nothing is measured of', () => {
    expect(toStateRow(answer())).toBeUndefined();
  });

  it('takes the row out as plain values and leaves out what is blank', () => {
    const row = toStateRow(
      answer({
        LastModifiedDate: { value: '2026-11-21T20:00:00.000Z' },
        Receipt__c: { value: '{}' },
        Since__c: { value: '2026-11-19T00:00:00.000Z' },
        Valid_Until__c: { value: null },
        Agreement_Version__c: { value: 3 },
        Agreement__r: { Name: { value: 'Northwind' }, Status__c: { value: 'In Force' }, Mode__c: { value: 'Observe' } },
      }),
    );
    expect(row).toMatchObject({
      writtenAt: '2026-11-21T20:00:00.000Z',
      receipt: '{}',
      validUntil: undefined,
      agreement: { name: 'Northwind', version: 3, status: 'In Force', mode: 'Observe', expiresOn: undefined },
    });
  });

  it('asks for each field of the receipt once, and for none of a receipt that it cannot read', () => {
    expect(toFieldNames(JSON.stringify(makeReceipt()))).toEqual([
      'Lead.Industry',
      'Lead.NumberOfEmployees',
      'Lead.Rating',
    ]);
    expect(toFieldNames('{')).toEqual([]);
    expect(toFieldNames(undefined)).toEqual([]);
  });

  it('leaves out fields that the record does not carry, and writes the others as the user reads them', () => {
    const record = {
      fields: {
        Amount: { value: 1200, displayValue: '1,200' },
        Agreed: { value: false, displayValue: null },
        Rating: { value: null, displayValue: null },
        Company: { value: 'Contoso', displayValue: null },
      },
    };
    const names = ['Lead.Amount', 'Lead.Agreed', 'Lead.Rating', 'Lead.Company', 'Lead.Hidden'];
    expect(toValues(record, names)).toEqual({
      'Lead.Amount': '1,200',
      'Lead.Agreed': 'No',
      'Lead.Rating': '',
      'Lead.Company': 'Contoso',
    });
  });

  it('tells a missing permission from a failure', () => {
    expect(
      isNoAccess([{ message: "Validation error (FieldUndefined): Field 'Accord_Lead_State__c' is undefined" }]),
    ).toBe(true);
    expect(isNoAccess([{ message: 'The server is busy.' }])).toBe(false);
  });
});
