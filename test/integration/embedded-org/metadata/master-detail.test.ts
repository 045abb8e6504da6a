import { beforeEach, describe, expect, it } from 'vitest';
import { openTestOrg, packageXml, xml, type TestOrg } from '../../../support/test-org.ts';

let test: TestOrg;
beforeEach(() => {
  test = openTestOrg();
  return () => test.org.close();
});

const object = (label: string, sharing: string, fields = '') =>
  xml(
    'CustomObject',
    `<label>${label}</label><pluralLabel>${label}s</pluralLabel><nameField><label>Name</label><type>Text</type></nameField>
     <sharingModel>${sharing}</sharingModel><deploymentStatus>Deployed</deploymentStatus>${fields}`,
  );
const field = (type: string) =>
  `<fields><fullName>Match__c</fullName><label>Match</label><type>${type}</type><referenceTo>Match__c</referenceTo>
   <relationshipName>Moves</relationshipName></fields>`;
const RIGHTS = ['Match__c', 'Move__c'].map(
  (name) => `<objectPermissions><allowCreate>true</allowCreate><allowRead>true</allowRead><allowEdit>true</allowEdit>
    <allowDelete>true</allowDelete><viewAllRecords>false</viewAllRecords><modifyAllRecords>false</modifyAllRecords>
    <object>${name}</object></objectPermissions>`,
);

const deploy = async (files: Readonly<Record<string, string>>, types: Readonly<Record<string, readonly string[]>>) => {
  const { messages } = await test.deploy({ 'package.xml': packageXml(types), ...files });
  return messages.flatMap((each) => (each.success ? [] : [each.problem]));
};
const deployObjects = (move: string) =>
  deploy(
    {
      'objects/Match__c.object': object('Match', 'Private'),
      'objects/Move__c.object': move,
      'permissionsets/Player.permissionset': xml('PermissionSet', `<label>Player</label>${RIGHTS.join('')}`),
    },
    { CustomObject: ['Match__c', 'Move__c'], PermissionSet: ['Player'] },
  );
const deployField = (type: string) =>
  deploy({ 'objects/Move__c.object': xml('CustomObject', field(type)) }, { CustomField: ['Move__c.Match__c'] });
const removeField = () => deploy({ 'destructiveChanges.xml': packageXml({ CustomField: ['Move__c.Match__c'] }) }, {});

/** A match and its move of one player, in an org with another player. */
function play() {
  const [ann, bob] = ['Ann', 'Bob'].map((name) => test.createUser(name, 'Standard User', ['Player']));
  if (ann === undefined || bob === undefined) throw new Error('Both play.');
  const match = test.insert('Match__c', { Name: 'Final' }, ann).id;
  const move = test.insert('Move__c', { Name: 'e4', Match__c: match }, ann);
  expect(move.errors).toEqual([]);
  return { ann, bob, move: String(move.id) };
}

const moves = (user: ReturnType<TestOrg['createUser']>) => test.query('SELECT Name FROM Move__c', user).length;

describe('an object that is no longer a detail', () => {
  it('is as private as its file said before, and its records belong to the owners of their masters', async () => {
    expect(await deployObjects(object('Move', 'Private', field('MasterDetail')))).toEqual([]);
    const { ann, bob, move } = play();
    expect([moves(ann), moves(bob)]).toEqual([1, 0]);
    expect(await removeField()).toEqual([]);
    expect([moves(ann), moves(bob)]).toEqual([1, 0]);
    expect(test.query('SELECT OwnerId FROM Move__c')).toEqual([{ OwnerId: ann.userId }]);
    expect(test.update('Move__c', { Id: move, Name: 'd4' }, bob).success).toBe(false);
    expect(test.insert('Move__c', { Name: 'e5' }, bob).success).toBe(true);
    expect([moves(ann), moves(bob)]).toEqual([1, 1]);
  });

  it('is private when it has been a detail ever since, also when the field becomes a lookup', async () => {
    expect(await deployObjects(object('Move', 'ControlledByParent', field('MasterDetail')))).toEqual([]);
    const { ann, bob } = play();
    expect(await deployField('Lookup')).toEqual([]);
    expect([moves(ann), moves(bob)]).toEqual([1, 0]);
    expect(test.query('SELECT OwnerId FROM Move__c WHERE Match__c != null')).toEqual([{ OwnerId: ann.userId }]);
  });

  it('stays a detail of its other master', async () => {
    const second = field('MasterDetail')
      .replace('Match__c</fullName>', 'Rematch__c</fullName>')
      .replace('Moves', 'Again');
    expect(await deployObjects(object('Move', 'ControlledByParent', field('MasterDetail') + second))).toEqual([]);
    expect(await removeField()).toEqual([]);
    const ann = test.createUser('Ann', 'Standard User', ['Player']);
    const bob = test.createUser('Bob', 'Standard User', ['Player']);
    const match = test.insert('Match__c', { Name: 'Final' }, ann).id;
    expect(test.insert('Move__c', { Name: 'e4', Rematch__c: match }, ann).errors).toEqual([]);
    expect([moves(ann), moves(bob)]).toEqual([1, 0]);
  });
});

describe('a field that makes an object a detail', () => {
  const REFUSED = [
    expect.stringMatching(/^You cannot create a new Master-Detail relationship on an existing custom object/),
  ];

  it('is refused while the object has records, and takes those in the recycle bin away', async () => {
    expect(await deployObjects(object('Move', 'Private'))).toEqual([]);
    const move = test.create('Move__c', { Name: 'e4' });
    expect(await deployField('MasterDetail')).toEqual(REFUSED);
    test.org.remove(test.org.system(), [move], { allOrNone: true, autoAssign: false, apiVersion: 68 });
    expect(await deployField('MasterDetail')).toEqual([]);
    expect(
      test.org.query(test.org.system(), 'SELECT Id FROM Move__c', { includeDeleted: true, apiVersion: 68 }).totalSize,
    ).toBe(0);
  });

  it('may be a lookup that every record has filled', async () => {
    expect(await deployObjects(object('Move', 'Private', field('Lookup')))).toEqual([]);
    const move = test.create('Move__c', { Name: 'e4' });
    expect(await deployField('MasterDetail')).toEqual(REFUSED);
    test.update('Move__c', { Id: move, Match__c: test.create('Match__c', { Name: 'Final' }) });
    expect(await deployField('MasterDetail')).toEqual([]);
    expect(test.insert('Move__c', { Name: 'd4' }).errors[0]?.statusCode).toBe('REQUIRED_FIELD_MISSING');
  });
});
