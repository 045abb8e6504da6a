import { beforeEach, describe, expect, it } from 'vitest';
import { addUser, connect, startTestOrg, type TestOrg } from '../wire/running-org.ts';
import { postSoap } from './soap-client.ts';

type Md = Record<string, unknown> & { fullName: string };

let org: TestOrg;
beforeEach(async () => {
  org = await startTestOrg();
  return () => org[Symbol.asyncDispose]();
});

const shoe = { fullName: 'Lead.Shoe__c', label: 'Shoe', type: 'Text', length: 20 };
const game: Md = {
  fullName: 'Game__c',
  label: 'Game',
  pluralLabel: 'Games',
  deploymentStatus: 'Deployed',
  sharingModel: 'ReadWrite',
  nameField: { label: 'Game Name', type: 'Text' },
  fields: [{ fullName: 'Code__c', label: 'Code & "Key"', type: 'Text', length: 9 }],
};
const metadata = () => org.connection.metadata;
const create = (type: string, record: unknown): Promise<unknown> =>
  metadata().create(type as 'CustomField', record as Md[]);
const fieldNames = (objectName: string) =>
  org.org.core.schema.find(objectName)?.fields.map((field) => field.name) ?? [];

describe('components as records, by jsforce', () => {
  it('creates a field that data calls know at once, and refuses to create it twice', async () => {
    expect(await create('CustomField', shoe)).toMatchObject({ success: true, fullName: 'Lead.Shoe__c' });
    expect(fieldNames('Lead')).toContain('Shoe__c');
    const again = await create('CustomField', [shoe]);
    expect(again).toMatchObject([{ success: false, errors: [{ statusCode: 'DUPLICATE_DEVELOPER_NAME' }] }]);
  });

  it('creates an object with its fields, and reads it back with the parts that came later', async () => {
    expect(await create('CustomObject', game)).toMatchObject({ success: true });
    await create('CustomField', { ...shoe, fullName: 'Game__c.Shoe__c' });
    const read = (await metadata().read('CustomObject', 'Game__c')) as unknown as Md & { fields: Md[] };
    expect(read).toMatchObject({ fullName: 'Game__c', label: 'Game', nameField: { type: 'Text' } });
    expect(read.fields.map((field) => [field.fullName, field['label']])).toEqual([
      ['Code__c', 'Code & "Key"'],
      ['Shoe__c', 'Shoe'],
    ]);
  });

  it('updates what is there, creates or updates by upsert, and answers nil for what is not there', async () => {
    const missing = await metadata().update('CustomField', [shoe as unknown as Md]);
    expect(missing).toMatchObject([{ success: false, errors: [{ statusCode: 'INVALID_CROSS_REFERENCE_KEY' }] }]);
    const upsert = (label: string) => metadata().upsert('CustomField', [{ ...shoe, label } as unknown as Md]);
    expect(await upsert('First')).toMatchObject([{ success: true, created: true }]);
    expect(await upsert('Second')).toMatchObject([{ success: true, created: false }]);
    const [field, nothing] = await metadata().read('CustomField', ['Lead.Shoe__c', 'Lead.Nope__c']);
    expect(field).toMatchObject({ fullName: 'Lead.Shoe__c', label: 'Second', length: 20 });
    expect(nothing?.fullName).toBeUndefined();
  });

  it('deletes what is there and says of the rest that it is not', async () => {
    await create('CustomField', shoe);
    const results = await metadata().delete('CustomField', ['Lead.Shoe__c', 'Lead.Nope__c']);
    expect(results).toMatchObject([
      { success: true, fullName: 'Lead.Shoe__c' },
      { success: false, errors: [{ statusCode: 'INVALID_CROSS_REFERENCE_KEY' }] },
    ]);
    expect(fieldNames('Lead')).not.toContain('Shoe__c');
  });

  it('keeps permission sets, permissions and static resources, and reads the content back', async () => {
    await create('CustomPermission', { fullName: 'Blue', label: 'Blue' });
    const set = { fullName: 'Painter', label: 'Painter', customPermissions: { name: 'Blue', enabled: true } };
    expect(await create('PermissionSet', set)).toMatchObject({ success: true });
    const content = Buffer.from('let a = "<&>";').toString('base64');
    const resource = { fullName: 'Paint', contentType: 'text/javascript', cacheControl: 'Public', content };
    expect(await create('StaticResource', resource)).toMatchObject({ success: true });
    expect(await metadata().read('StaticResource', 'Paint')).toMatchObject({ content, contentType: 'text/javascript' });
    const grants = org.org.query(org.org.system(), "SELECT Id FROM PermissionSet WHERE Name = 'Painter'", {
      includeDeleted: false,
      apiVersion: 68,
    });
    expect(grants.totalSize).toBe(1);
  });

  it('compiles Lightning web components and keeps none that reaches outside its folder', async () => {
    const bundle = (filePath: string, source: string) => ({
      fullName: 'tile',
      apiVersion: 62,
      isExposed: false,
      lwcResources: { lwcResource: [{ filePath, source: Buffer.from(source).toString('base64') }] },
    });
    const good = "import { LightningElement } from 'lwc'; export default class Tile extends LightningElement {}";
    const type = 'LightningComponentBundle';
    expect(await create(type, [bundle('lwc/tile/tile.js', 'class {')])).toMatchObject([
      { success: false, errors: [{ message: expect.stringContaining('LWC1007') }] },
    ]);
    expect(await create(type, [bundle('lwc/tile/../../../tile.js', good)])).toMatchObject([{ success: false }]);
    expect(await create(type, [bundle('lwc/tile/tile.js', good)])).toMatchObject([{ success: true }]);
    expect(await metadata().read(type as 'CustomField', 'tile')).toMatchObject({
      lwcResources: { lwcResource: [{ filePath: 'lwc/tile/tile.js' }] },
    });
  });

  it('saves all or none when the header asks for it', async () => {
    const element = (name: string, type: string) =>
      `<metadata xsi:type="CustomField"><fullName>Lead.${name}</fullName><label>${name}</label><type>${type}</type>` +
      '<length>9</length></metadata>';
    const allOrNone = '<AllOrNoneHeader><allOrNone>true</allOrNone></AllOrNoneHeader>';
    const both = `<createMetadata>${element('One__c', 'Text')}${element('Two__c', 'Nonsense')}</createMetadata>`;
    const { text } = await postSoap(org, 'm/68.0', both, allOrNone);
    expect(text).toContain('ALL_OR_NONE_OPERATION_ROLLED_BACK');
    expect(fieldNames('Lead')).not.toContain('One__c');
    await postSoap(org, 'm/68.0', both);
    expect(fieldNames('Lead')).toContain('One__c');
  });

  it('refuses more than ten at once, unknown types, renaming, and users without the right', async () => {
    const eleven = Array.from({ length: 11 }, (_, i) => ({ ...shoe, fullName: `Lead.F${i}__c` }));
    await expect(create('CustomField', eleven)).rejects.toThrow('cannot submit more than 10 records');
    await expect(metadata().read('Nope' as 'CustomField', 'x')).rejects.toThrow('INVALID_TYPE: Unknown type:Nope');
    await create('CustomField', shoe);
    expect(await metadata().rename('CustomField', 'Lead.Shoe__c', 'Lead.Boot__c')).toMatchObject({ success: false });
    const token = org.sessions.create(addUser(org, 'rep@accord.example'));
    const rep = connect(org.instanceUrl, token).metadata;
    await expect(rep.list([{ type: 'CustomObject' }])).rejects.toThrow('INSUFFICIENT_ACCESS');
  });
});
