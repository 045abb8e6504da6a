import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SmallOrg } from './small-org.ts';

/** The shapes that jsforce types its describe calls with. */
const typings = readFileSync(
  new URL('../../../../node_modules/@jsforce/jsforce-node/lib/types/common.d.ts', import.meta.url),
  'utf8',
);

function keysOf(typeName: string): string[] {
  const body = new RegExp(`type ${typeName} = (?:\\w+ & )?\\{(.*?)^\\};`, 'ms').exec(typings)?.[1] ?? '';
  return [...body.matchAll(/^ {4}(\w+):/gm)].map((match) => match[1] ?? '');
}

type Described = Record<string, unknown> & {
  fields: Record<string, unknown>[];
  childRelationships: Record<string, unknown>[];
};

let small: SmallOrg;
let lead: Described;

beforeAll(() => {
  small = new SmallOrg();
  lead = small.org.describe(small.admin, 'Lead') as Described;
});
afterAll(() => small.close());

const field = (name: string) => lead.fields.find((each) => each['name'] === name);

describe('a describe', () => {
  it('has every property that jsforce expects of an object, a field and a child', () => {
    expect(Object.keys(lead)).toEqual(
      expect.arrayContaining([...keysOf('DescribeGlobalSObjectResult'), ...keysOf('DescribeSObjectResult')]),
    );
    expect(keysOf('Field').length).toBeGreaterThan(50);
    for (const each of lead.fields) expect(Object.keys(each)).toEqual(expect.arrayContaining(keysOf('Field')));
    for (const each of lead.childRelationships)
      expect(Object.keys(each)).toEqual(expect.arrayContaining(keysOf('ChildRelationship')));
  });

  it('answers the lengths and flags that recorded describes of Lead have', () => {
    expect(field('Company')).toMatchObject({
      type: 'string',
      length: 255,
      byteLength: 765,
      nillable: false,
      soapType: 'xsd:string',
    });
    expect(field('Email')).toMatchObject({ type: 'email', length: 80, idLookup: true });
    expect(field('Description')).toMatchObject({
      type: 'textarea',
      length: 32_000,
      filterable: false,
      extraTypeInfo: 'plaintextarea',
    });
    expect(field('OwnerId')).toMatchObject({
      referenceTo: ['Group', 'User'],
      polymorphicForeignKey: true,
      namePointing: true,
      relationshipName: 'Owner',
    });
    expect(field('AnnualRevenue')).toMatchObject({ type: 'currency', precision: 18, scale: 0, soapType: 'xsd:double' });
    expect(field('NumberOfEmployees')).toMatchObject({ type: 'int', digits: 8, precision: 0 });
    expect(field('Street')).toMatchObject({ compoundFieldName: 'Address', type: 'textarea', length: 255 });
    expect(field('Name')).toMatchObject({ nameField: true, createable: false, length: 121 });
    expect(field('IsConverted')).toMatchObject({ type: 'boolean', defaultValue: false, updateable: false });
  });

  it('lists picklist values with their default', () => {
    expect(field('Status')).toMatchObject({ type: 'picklist', restrictedPicklist: false });
    expect(field('Status')?.['picklistValues']).toContainEqual({
      active: true,
      defaultValue: true,
      label: 'Open - Not Contacted',
      validFor: null,
      value: 'Open - Not Contacted',
    });
  });

  it('names its address in the version that was asked', () => {
    expect(small.org.describe(small.admin, 'Lead', 60)['urls']).toMatchObject({
      sobject: '/services/data/v60.0/sobjects/Lead',
    });
  });

  it('finds objects whatever the case, and none that do not exist', () => {
    expect(small.org.describe(small.admin, 'LEAD')['name']).toBe('Lead');
    expect(() => small.org.describe(small.admin, 'Leed')).toThrow('The requested resource does not exist');
  });

  it('lists all objects by name', () => {
    const { sobjects } = small.org.describeGlobal(small.admin) as { sobjects: { name: string; keyPrefix: string }[] };
    expect(sobjects.map((each) => each.name)).toEqual(sobjects.map((each) => each.name).toSorted());
    expect(sobjects).toContainEqual(expect.objectContaining({ name: 'Lead', keyPrefix: '00Q', mergeable: true }));
  });
});
