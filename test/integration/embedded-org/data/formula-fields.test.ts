import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formulaSql } from '../../../../src/embedded-org/data/formula/formula-fields.ts';
import type { FieldDef } from '../../../../src/embedded-org/data/types.ts';
import { SmallOrg } from './small-org.ts';

let small: SmallOrg;

const formulaField = (name: string, type: FieldDef['type'], formula: string): FieldDef => ({
  name,
  label: name,
  type,
  formula,
  sql: formulaSql('Lead', name),
  nillable: true,
  createable: false,
  updateable: false,
  filterable: true,
  sortable: true,
  groupable: true,
  custom: true,
  permissionable: false,
});

beforeAll(() => {
  small = new SmallOrg();
  const lead = small.org.core.schema.find('Lead');
  if (lead === undefined) throw new Error('no Lead');
  small.org.core.schema.define({
    ...lead,
    fields: [
      ...lead.fields,
      formulaField('Size__c', 'string', 'IF(NumberOfEmployees > 20, "large", "small")'),
      formulaField('Ratio__c', 'double', '100 / NumberOfEmployees'),
      formulaField('Big__c', 'boolean', 'NumberOfEmployees > 20'),
      formulaField('Day__c', 'date', 'DATEVALUE(CreatedDate) + 1'),
    ],
  });
  small.insert('Lead', [
    { LastName: 'A', Company: 'A', NumberOfEmployees: 50, OwnerId: small.admin.userId },
    { LastName: 'B', Company: 'B', NumberOfEmployees: 10 },
    { LastName: 'C', Company: 'C', NumberOfEmployees: 0 },
  ]);
});
afterAll(() => small.close());

describe('a formula field', () => {
  it('is worked out when it is read, in the form of its type', () => {
    expect(small.rows("SELECT Size__c, Ratio__c, Big__c, Day__c FROM Lead WHERE LastName = 'A'")).toMatchObject([
      { Size__c: 'large', Ratio__c: 2, Big__c: true, Day__c: '2026-03-19' },
    ]);
  });

  it('filters, sorts and groups', () => {
    expect(
      small.column("SELECT LastName FROM Lead WHERE Size__c = 'SMALL' ORDER BY Ratio__c NULLS LAST", 'LastName'),
    ).toEqual(['B', 'C']);
    expect(small.rows('SELECT Size__c, COUNT(Id) n FROM Lead GROUP BY Size__c ORDER BY COUNT(Id)')).toMatchObject([
      { Size__c: 'large', n: 1 },
      { Size__c: 'small', n: 2 },
    ]);
  });

  it('is empty where it cannot be worked out', () => {
    expect(small.column("SELECT Ratio__c FROM Lead WHERE LastName = 'C'", 'Ratio__c')).toEqual([null]);
  });

  it('comes with a retrieved record', () => {
    const [id] = small.column("SELECT Id FROM Lead WHERE LastName = 'B'", 'Id');
    expect(small.org.retrieve(small.admin, 'Lead', String(id))).toMatchObject({ Size__c: 'small', Ratio__c: 10 });
  });
});
