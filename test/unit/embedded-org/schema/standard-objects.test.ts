import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { standardObjects } from '../../../../src/embedded-org/data/schema/standard-objects.ts';
import type { FieldDef } from '../../../../src/embedded-org/data/types.ts';

/** Types of standard objects as one real org described them; it lacks features that others have. */
const typings = readFileSync(
  new URL('../../../../node_modules/@jsforce/jsforce-node/lib/types/standard-schema.d.ts', import.meta.url),
  'utf8',
);

/** Fields and relationships that Salesforce documents and that org does not show. */
const DOCUMENTED: Readonly<Record<string, readonly string[]>> = {
  Lead: ['MobilePhone', 'Fax', 'HasOptedOutOfEmail', 'HasOptedOutOfFax', 'DoNotCall'],
  Account: ['AccountNumber', 'Sic', 'Ownership', 'TickerSymbol', 'Rating', 'Site'],
  Opportunity: [
    'ExpectedRevenue',
    'LastStageChangeDate',
    'LastAmountChangedHistoryId',
    'LastAmountChangedHistory',
    'LastCloseDateChangedHistoryId',
    'LastCloseDateChangedHistory',
  ],
  CampaignMemberStatus: ['Campaign'],
  ActivityHistory: ['CompletedDateTime'],
  OpenActivity: ['CompletedDateTime'],
  Task: ['CompletedDateTime', 'Type'],
  Event: ['EndDate', 'Type'],
  EmailMessage: ['IsTracked', 'FirstOpenedDate', 'LastOpenedDate', 'IsBounced', 'Activity'],
  Profile: ['PermissionsInstallPackaging'],
  PermissionSet: ['Type'],
  PermissionSetAssignment: ['IsActive'],
  ObjectPermissions: ['PermissionsViewAllFields'],
  FieldDefinition: ['EntityDefinition'],
  UserFieldAccess: ['EntityDefinition', 'FieldDefinition'],
  UserLicense: ['CreatedDate', 'LastModifiedDate'],
};
/** That org had no record types. */
const RECORD_TYPES = new Set(['RecordTypeId', 'RecordType']);
/** Objects that Salesforce documents and that org did not have. */
const UNRECORDED = new Set(['CustomNotificationType']);
const recorded = standardObjects.filter((object) => !UNRECORDED.has(object.name));
const NEWER_PERMISSIONS = new Set([
  'CreateAuditFields',
  'UpdateWithInactiveOwner',
  'SendCustomNotifications',
  'ViewGlobalHeader',
  'ManageFlow',
]);

function membersOf(kind: string, objectName: string): ReadonlyMap<string, string> {
  const body = new RegExp(`type ${kind}\\$${objectName} = \\{([^}]*)\\}`).exec(typings)?.[1] ?? '';
  return new Map([...body.matchAll(/^\s+(\w+): ([^;]*);/gm)].map((match) => [match[1] ?? '', match[2] ?? '']));
}

const isDocumented = (objectName: string, name: string): boolean =>
  (DOCUMENTED[objectName]?.includes(name) ?? false) ||
  RECORD_TYPES.has(name) ||
  NEWER_PERMISSIONS.has(name.replace(/^Permissions/, ''));

const typeNames: Readonly<Partial<Record<FieldDef['type'], string>>> = {
  boolean: 'boolean',
  int: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  date: 'DateString',
  datetime: 'DateString',
  address: 'Address',
};

describe.each(recorded.map((object) => [object.name, object] as const))('%s', (name, object) => {
  const real = membersOf('Fields', name);

  it('has only fields that Salesforce has, of their type', () => {
    expect(real.size).toBeGreaterThan(0);
    for (const field of object.fields) {
      if (isDocumented(name, field.name)) continue;
      const type = real.get(field.name)?.replace(' | null', '');
      expect([field.name, type]).toEqual([field.name, typeNames[field.type] ?? 'string']);
    }
  });

  it('allows null where Salesforce does', () => {
    for (const field of object.fields) {
      const type = real.get(field.name);
      if (type === undefined || (name === 'PermissionSetAssignment' && field.name === 'PermissionSetId')) continue;
      expect([field.name, field.nillable]).toEqual([field.name, type.endsWith('| null')]);
    }
  });

  it('is followed by the relationship names of Salesforce', () => {
    const parents = membersOf('ParentReferences', name);
    const names = object.fields.flatMap((field) => field.relationshipName ?? []);
    expect(names.filter((each) => !parents.has(each) && !isDocumented(name, each))).toEqual([]);
  });

  it('is found under the child relationship names of Salesforce', () => {
    for (const field of object.fields) {
      const child = field.childRelationshipName;
      for (const target of child === undefined ? [] : (field.referenceTo ?? [])) {
        expect([target, child, membersOf('ChildRelationships', target).has(child ?? '')]).toEqual([
          target,
          child,
          true,
        ]);
      }
    }
  });
});

describe('standard objects', () => {
  it('name each field once, whatever the case', () => {
    for (const object of standardObjects) {
      const names = object.fields.map((field) => field.name.toLowerCase());
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('have key prefixes of their own where records of any kind are told apart by them', () => {
    const prefixes = standardObjects
      .map((object) => object.keyPrefix)
      .filter((each) => each !== '' && each !== '017' && each !== '01J');
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });
});
