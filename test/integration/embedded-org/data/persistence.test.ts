import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FieldDef, ObjectDef } from '../../../../src/embedded-org/data/types.ts';
import { SmallOrg } from './small-org.ts';

let directory: string;
let small: SmallOrg;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'org-'));
  small = new SmallOrg(join(directory, 'org.db'));
});
afterEach(() => {
  small.close();
  rmSync(directory, { recursive: true });
});

function lead(): ObjectDef {
  const found = small.org.core.schema.find('lead');
  if (found === undefined) throw new Error('no Lead');
  return found;
}

const region: FieldDef = {
  name: 'Region__c',
  label: 'Region',
  type: 'string',
  length: 20,
  nillable: true,
  createable: true,
  updateable: true,
  filterable: true,
  sortable: true,
  groupable: true,
  custom: true,
  permissionable: false,
  externalId: true,
  unique: true,
};

const withRegion = (): ObjectDef => ({ ...lead(), fields: [...lead().fields, region] });

function reopen(): void {
  small.close();
  small = new SmallOrg(join(directory, 'org.db'));
}

describe('an org in a file', () => {
  it('knows with what standard objects are shared, if an older version stored them as open to everybody', () => {
    const { schema } = small.org.core;
    for (const name of ['Contact', 'EmailMessage', 'CampaignMember']) {
      const { sharingParent: _parent, sharingParentElse: _else, personFields: _person, ...older } = schema.find(name)!;
      schema.define({ ...older, sharingModel: name === 'Contact' ? 'ControlledByParent' : 'ReadWrite' });
    }
    reopen();
    const known = (name: string) => small.org.core.schema.find(name);
    expect(known('Contact')).toMatchObject({ sharingModel: 'ControlledByParent', sharingParent: 'AccountId' });
    expect(known('EmailMessage')).toMatchObject({
      sharingModel: 'ControlledByParent',
      sharingParent: 'ActivityId',
      sharingParentElse: 'RelatedToId',
    });
    expect(known('CampaignMember')).toMatchObject({
      sharingModel: 'ControlledByParent',
      sharingParent: 'CampaignId',
      personFields: ['ContactId', 'LeadId'],
    });
  });

  it('knows of standard fields what this version knows, if an older one stored the object', () => {
    const older = withRegion().fields.flatMap(({ sql: _sql, ...field }) => (field.name === 'Website' ? [] : [field]));
    small.org.core.schema.define({ ...lead(), fields: older });
    reopen();
    small.insert('Lead', [{ LastName: 'Ames', Company: 'Acme', Website: 'acme.example' }]);
    small.rows('SELECT Id FROM Lead FOR VIEW');
    expect(small.rows('SELECT Name, Website FROM Lead WHERE LastViewedDate != null')).toMatchObject([
      { Name: 'Ames', Website: 'acme.example' },
    ]);
  });

  it('has the same ids, users and rows after a restart', () => {
    const before = small.org.core.organizationId;
    const [id] = small.insert('Lead', [{ LastName: 'Kept', Company: 'A' }]);
    reopen();
    expect(small.org.core.organizationId).toBe(before);
    expect(small.column('SELECT Id FROM Lead', 'Id')).toEqual([id]);
    expect(small.size('SELECT Id FROM Profile')).toBeGreaterThan(2);
  });

  it('keeps deployed fields and goes on with new ids after a restart', () => {
    small.org.core.schema.define(withRegion());
    const [first] = small.insert('Lead', [{ LastName: 'One', Company: 'A', Region__c: 'EMEA' }]);
    reopen();
    const [second] = small.insert('Lead', [{ LastName: 'Two', Company: 'A', Region__c: 'APAC' }]);
    expect(small.column("SELECT Id FROM Lead WHERE Region__c = 'emea'", 'Id')).toEqual([first]);
    expect(second).not.toBe(first);
  });
});

describe('the schema', () => {
  it('forgets what a rolled back transaction defined', () => {
    const { db, schema } = small.org.core;
    db.exec('begin');
    schema.define(withRegion());
    expect(schema.field(lead(), 'region__c')).toBeDefined();
    db.exec('rollback');
    schema.reload();
    expect(schema.field(lead(), 'Region__c')).toBeUndefined();
    expect(small.refusal('SELECT Region__c FROM Lead').code).toBe('INVALID_FIELD');
  });

  it('removes a field with its column, so that it can be defined anew', () => {
    const { schema } = small.org.core;
    schema.define(withRegion());
    small.insert('Lead', [{ LastName: 'One', Company: 'A', Region__c: 'EMEA' }]);
    schema.remove('Lead', 'Region__c');
    schema.define(withRegion());
    expect(small.column('SELECT Region__c FROM Lead', 'Region__c')).toEqual([null]);
  });

  it('adds checkboxes that are false on the rows there are', () => {
    small.insert('Lead', [{ LastName: 'One', Company: 'A' }]);
    const flag: FieldDef = {
      ...region,
      name: 'Vip__c',
      type: 'boolean',
      nillable: false,
      externalId: false,
      unique: false,
    };
    small.org.core.schema.define({ ...lead(), fields: [...lead().fields, flag] });
    expect(small.column('SELECT Vip__c FROM Lead WHERE Vip__c = FALSE', 'Vip__c')).toEqual([false]);
  });

  it('finds children by the parent, with what a delete does to them', () => {
    const members = small.org.core.schema
      .children('campaign')
      .find((child) => child.relationshipName === 'CampaignMembers');
    expect(members).toEqual({
      childSObject: 'CampaignMember',
      field: 'CampaignId',
      relationshipName: 'CampaignMembers',
      cascadeDelete: true,
      restrictedDelete: false,
    });
  });
});
