import { describe, expect, it } from 'vitest';
// @ts-expect-error -- Lightning components are plain JavaScript without declarations
import * as answers from '../../../force-app/main/default/lwc/accordLeadCard/readAnswers.js';
import { makeReceipt } from './lead-receipt.ts';

const { isInForce, isNoAccess, toFieldNames, toStateRow, toUnshared, toValues } = answers;

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

  it('knows whether an agreement is in force, whether or not the lead has a row', () => {
    const agreements = (...edges: readonly unknown[]) => ({ uiapi: { query: { Accord_Agreement__c: { edges } } } });
    expect(isInForce(agreements({ node: { Id: 'a00' } }))).toBe(true);
    expect(isInForce(agreements())).toBe(false);
    expect(isInForce(undefined)).toBe(false);
  });

  it('says of a lead without a row its stage and whether it waits in a queue, as far as the user may see', () => {
    const record = (OwnerId: string, stage: string | null) => ({
      fields: { OwnerId: { value: OwnerId }, Accord_Stage__c: { value: stage } },
    });
    expect(toUnshared(record('00GAc0000000001', 'Inquiry'))).toEqual({ stageTitle: 'Inquiry', inQueue: true });
    expect(toUnshared(record('005Ac0000000001', null))).toEqual({ stageTitle: undefined, inQueue: false });
    expect(toUnshared({ fields: {} })).toEqual({ stageTitle: undefined, inQueue: false });
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

  it('asks for the fields behind a score, and for none of a record that the lead was converted to', () => {
    const clause = (source: unknown) => ({ source });
    const clauses = [
      clause({ kind: 'score', lines: [], fields: ['Lead.Industry', 'Account.Industry'] }),
      clause({ kind: 'field', field: 'Opportunity.Amount' }),
      clause({ kind: 'stage' }),
    ];
    expect(toFieldNames(JSON.stringify({ definitions: [{ clauses }] }))).toEqual(['Lead.Industry']);
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
