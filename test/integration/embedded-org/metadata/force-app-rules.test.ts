import { ComponentSet, MetadataConverter } from '@salesforce/source-deploy-retrieve';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { InputRow, UserContext } from '../../../../src/embedded-org/data/types.ts';
import { openTestOrg, packageXml, xml, type TestOrg } from '../../../support/test-org.ts';

/** The package's own objects, rules and custom permissions, converted as a client converts them. */
let zip: Uint8Array;
beforeAll(async () => {
  const folders = ['objects', 'customPermissions'].map((each) => `force-app/main/default/${each}`);
  const components = ComponentSet.fromSource(folders);
  components.sourceApiVersion = '68.0';
  const { zipBuffer } = await new MetadataConverter().convert(components, 'metadata', { type: 'zip' });
  zip = new Uint8Array(zipBuffer as Buffer);
});

const EDITABLE = {
  Accord_Agreement__c: [
    'Version__c',
    'Status__c',
    'Mode__c',
    'Document__c',
    'Document_Hash__c',
    'Key__c',
    'Effective_From__c',
  ],
  Accord_Signature__c: [],
  Accord_Preview__c: [],
  Accord_Preview_Opening__c: [],
};

function permissionSet(...permissions: readonly string[]): string {
  const objects = Object.keys(EDITABLE).map(
    (name) => `<objectPermissions><allowCreate>true</allowCreate><allowEdit>true</allowEdit><allowRead>true</allowRead>
      <allowDelete>true</allowDelete><viewAllRecords>true</viewAllRecords><modifyAllRecords>true</modifyAllRecords>
      <object>${name}</object></objectPermissions>`,
  );
  const fields = Object.entries(EDITABLE).flatMap(([object, names]) =>
    names.map(
      (name) =>
        `<fieldPermissions><editable>true</editable><field>${object}.${name}</field><readable>true</readable></fieldPermissions>`,
    ),
  );
  const custom = permissions.map(
    (name) => `<customPermissions><enabled>true</enabled><name>${name}</name></customPermissions>`,
  );
  return xml('PermissionSet', [...custom, ...fields, '<label>T</label>', ...objects].join(''));
}

let test: TestOrg;
let [author, sales, marketing, both, service]: UserContext[] = [];
beforeEach(async () => {
  test = openTestOrg();
  await test.install(zip);
  const sets = {
    Author: permissionSet(),
    Sales: permissionSet('Accord_Sign_Sales'),
    Marketing: permissionSet('Accord_Sign_Marketing'),
    Service: permissionSet('Accord_Service', 'Accord_Sign_Sales'),
  };
  await test.deploy({
    'package.xml': packageXml({ PermissionSet: Object.keys(sets) }),
    ...Object.fromEntries(
      Object.entries(sets).map(([name, content]) => [`permissionsets/${name}.permissionset`, content]),
    ),
  });
  author = test.createUser('Author', 'Standard User', ['Author']);
  sales = test.createUser('Sally', 'Standard User', ['Sales']);
  marketing = test.createUser('Mark', 'Standard User', ['Marketing']);
  both = test.createUser('Both', 'Standard User', ['Sales', 'Marketing']);
  service = test.createUser('Servant', 'Standard User', ['Service']);
  return () => test.org.close();
});

const HASH = 'a1'.repeat(32);
const version = (more: InputRow = {}): InputRow => ({
  Name: 'Northwind',
  Version__c: 1,
  Status__c: 'Proposed',
  Document__c: '{}',
  Document_Hash__c: HASH,
  Key__c: 'northwind:1',
  ...more,
});
const propose = (more: InputRow = {}) => test.insert('Accord_Agreement__c', version(more), author).id ?? '';
const edit = (id: string, changes: InputRow, user = author) =>
  test.update('Accord_Agreement__c', { Id: id, ...changes }, user).errors[0]?.message;

describe('a proposed agreement', () => {
  it('cannot be changed, not even by going back to draft in the same save', () => {
    const id = propose();
    const frozen = 'A version that has been proposed cannot be changed. Push a new version instead.';
    expect(edit(id, { Document__c: '{"a":1}' })).toBe(frozen);
    expect(edit(id, { Document__c: '{"a":1}', Status__c: 'Draft' })).toBe(frozen);
    expect(edit(id, { Name: 'Other' })).toBe(frozen);
    expect(edit(id, { Document__c: '{}' })).toBeUndefined();
    expect(test.query('SELECT Document__c, Status__c FROM Accord_Agreement__c')).toEqual([
      { Document__c: '{}', Status__c: 'Proposed' },
    ]);
  });

  it('moves on only as the rules of its status allow, and into force only by the service', () => {
    const id = propose();
    expect(edit(id, { Status__c: 'In Force' })).toContain('This change of status is not possible');
    expect(edit(id, { Status__c: 'In Force', Effective_From__c: '2026-06-15T12:00:00Z' }, service)).toBeUndefined();
    expect(edit(id, { Mode__c: 'Enforce' }, service)).toContain('only as far as Ready For says');
  });

  it('is born with a hash and a key that fit', () => {
    const message = (more: InputRow) => test.insert('Accord_Agreement__c', version(more), author).errors[0]?.message;
    expect(message({ Document_Hash__c: 'A1'.repeat(32) })).toContain('SHA-256');
    expect(message({ Document_Hash__c: null })).toContain('SHA-256');
    expect(message({ Key__c: 'northwind:2' })).toContain('The key must be');
    expect(message({ Status__c: 'In Force' })).toBe('A new version starts as Draft or Proposed.');
    expect(message({ Status__c: 'Signed' })).toContain('bad value for restricted picklist field: Signed');
  });

  it('exists once by its key, whose case counts', () => {
    const id = propose();
    const second = test.insert('Accord_Agreement__c', version(), author).errors[0];
    expect(second).toMatchObject({
      statusCode: 'DUPLICATE_VALUE',
      message: `duplicate value found: Key__c duplicates value on record with id: ${id.slice(0, 15)}`,
    });
    expect(test.insert('Accord_Agreement__c', version({ Key__c: 'Northwind:1' }), author).success).toBe(true);
  });
});

describe('a signature', () => {
  let previews = 0;
  /** The service writes a preview, and the user opens it. */
  const open = (agreement: string, user: UserContext | undefined): string | undefined => {
    const preview = { Agreement__c: agreement, Document_Hash__c: HASH, Key__c: String(previews++) };
    const shown = test.insert('Accord_Preview__c', preview, service).id ?? '';
    const opening = { Preview__c: shown, Document_Hash__c: HASH, Key__c: `${shown}:${user?.userId}` };
    return test.insert('Accord_Preview_Opening__c', opening, user).id;
  };
  const sign = (agreement: string, party: string, user: UserContext | undefined, more: InputRow = {}) => {
    const row = { Agreement__c: agreement, Party__c: party, Document_Hash__c: HASH, Key__c: `${agreement}:${party}` };
    const opening = { Preview_Opening__c: open(agreement, user) };
    return test.insert('Accord_Signature__c', { ...row, ...opening, ...more }, user).errors[0];
  };

  it('takes the permission of its party', () => {
    const id = propose();
    expect(sign(id, 'Sales', sales)).toBeUndefined();
    expect(sign(id, 'Marketing', sales)).toMatchObject({
      statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: expect.stringContaining('You may not sign for marketing'),
      fields: ['Party__c'],
    });
    expect(sign(id, 'Marketing', marketing)).toBeUndefined();
    expect(test.query('SELECT Name, Party__c, CreatedById FROM Accord_Signature__c ORDER BY Name')).toEqual([
      { Name: 'SIG-0000001', Party__c: 'Sales', CreatedById: sales?.userId },
      { Name: 'SIG-0000002', Party__c: 'Marketing', CreatedById: marketing?.userId },
    ]);
  });

  it('is given by nobody for both parties, and never by the service', () => {
    const id = propose();
    expect(sign(id, 'Sales', both)?.message).toContain('One person signs for one party only');
    expect(sign(id, 'Sales', service)?.message).toContain('One person signs for one party only');
  });

  it('is for the document as it is proposed now', () => {
    const id = propose();
    expect(sign(id, 'Sales', sales, { Document_Hash__c: 'b2'.repeat(32) })?.message).toContain(
      'not opened the preview of exactly this text',
    );
    const draft = propose({ Status__c: 'Draft', Key__c: 'other:1' });
    expect(sign(draft, 'Sales', sales)?.message).toBe('Only a proposed version can be signed.');
  });

  it('exists once for a party and version, by its key', () => {
    const id = propose();
    expect(sign(id, 'Sales', sales, { Key__c: `${id.slice(0, 15)}:Sales` })?.message).toContain('The key must be');
    expect(sign(id, 'Sales', sales)).toBeUndefined();
    expect(sign(id, 'Sales', sales)?.statusCode).toBe('DUPLICATE_VALUE');
  });

  it('never changes, and keeps its agreement from being deleted', () => {
    const id = propose();
    sign(id, 'Sales', sales);
    const [row] = test.query('SELECT Id FROM Accord_Signature__c');
    const { errors } = test.update('Accord_Signature__c', { Id: row?.['Id'], Party__c: 'Marketing' }, sales);
    expect(errors.map((each) => each.message)).toContainEqual(expect.stringContaining('A signature cannot be edited'));
    const [refused] = test.org.remove(test.admin, [id], { allOrNone: false, autoAssign: false, apiVersion: 68 });
    expect(refused?.errors[0]?.statusCode).toBe('DELETE_FAILED');
  });
});

describe('a lead state', () => {
  const upsert = (...rows: InputRow[]) =>
    test.org.upsert(test.org.system(), 'Accord_Lead_State__c', 'Lead_Id__c', rows, {
      allOrNone: false,
      autoAssign: false,
      apiVersion: 68,
    });

  it('is created and then updated by the id of its lead', () => {
    const lead = test.create('Lead', { LastName: 'A', Company: 'Acme' });
    const row = { Lead_Id__c: lead, Lead__c: lead, Stage__c: 'mql' };
    const [first] = upsert(row);
    const [second] = upsert({ ...row, Stage__c: 'sal' });
    expect([first?.created, second?.created, first?.id === second?.id]).toEqual([true, false, true]);
    expect(test.query('SELECT Stage__c FROM Accord_Lead_State__c')).toEqual([{ Stage__c: 'sal' }]);
  });

  it('refuses a key that is missing or stands twice in one call', () => {
    const results = upsert({ Lead_Id__c: 'x', Stage__c: 'a' }, { Stage__c: 'b' }, { Lead_Id__c: 'x', Stage__c: 'c' });
    expect(results.map((each) => each.errors[0]?.statusCode)).toEqual([
      'DUPLICATE_VALUE',
      'MISSING_ARGUMENT',
      'DUPLICATE_VALUE',
    ]);
  });

  it('outlives its lead without pointing at it', () => {
    const lead = test.create('Lead', { LastName: 'A', Company: 'Acme' });
    upsert({ Lead_Id__c: lead, Lead__c: lead, Stage__c: 'mql' });
    test.org.remove(test.org.system(), [lead], { allOrNone: false, autoAssign: false, apiVersion: 68 });
    expect(test.query('SELECT Lead__c, Lead_Id__c FROM Accord_Lead_State__c')).toEqual([
      { Lead__c: null, Lead_Id__c: lead },
    ]);
  });
});
