import { describe, expect, it } from 'vitest';
import { growthOf } from '../../../support/growth-of.ts';
import { MissingReference, resolveReferences } from '../../../../src/embedded-org/wire/composite/references.ts';

const answers = new Map<string, unknown>([
  ['lead', { id: '00Q1', NumberOfEmployees: 5 }],
  ['rows', [{ id: 'a' }, { id: 'b' }]],
  ['found', { totalSize: 1, records: [{ Id: 'x', Owner: { Name: 'Ann' } }] }],
]);

describe('resolveReferences', () => {
  it('puts values of earlier answers into addresses', () => {
    expect(resolveReferences('/sobjects/Lead/@{lead.id}?a=@{rows[1].id}', answers)).toBe('/sobjects/Lead/00Q1?a=b');
  });

  it('keeps the type of a value that stands alone', () => {
    expect(resolveReferences({ n: '@{lead.NumberOfEmployees}' }, answers)).toEqual({ n: 5 });
  });

  it('reaches into lists, records and relationships at any depth of a body', () => {
    const body = { records: [{ Title: 'by @{found.records[0].Owner.Name}' }] };
    expect(resolveReferences(body, answers)).toEqual({ records: [{ Title: 'by Ann' }] });
  });

  it('reads a text of openings in a time that grows with its length', () => {
    for (const opening of ['@{', '@{a', '@'])
      expect(growthOf((size) => resolveReferences(opening.repeat(size), answers), 25_000)).toBeLessThan(30);
  });

  it('refuses a reference to what is not there, own properties only', () => {
    expect(() => resolveReferences('@{other.id}', answers)).toThrow(MissingReference);
    expect(() => resolveReferences('@{lead.constructor}', answers)).toThrow(
      'Invalid reference specified. No value for lead.constructor found in lead',
    );
  });
});
