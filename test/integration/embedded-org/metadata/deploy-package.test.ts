import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Org } from '../../../../src/embedded-org/data/org-core.ts';
import { openOrg } from '../../../../src/embedded-org/open-org.ts';
import type { DeployOutcome } from '../../../../src/embedded-org/data/types.ts';
import { DEPLOY, openTestOrg, packageXml, xml, zipOf, type TestOrg } from '../../../support/test-org.ts';

let test: TestOrg;
beforeEach(() => {
  test = openTestOrg();
  return () => test.org.close();
});

const textField = (name: string, more = '') =>
  `<fields><fullName>${name}</fullName><label>${name}</label><length>20</length><type>Text</type>${more}</fields>`;
const game = (content = textField('Code__c')) =>
  xml(
    'CustomObject',
    `<label>Game</label><pluralLabel>Games</pluralLabel><nameField><label>Game Number</label><type>AutoNumber</type>
     <displayFormat>G-{000}</displayFormat></nameField><sharingModel>Private</sharingModel>
     <deploymentStatus>Deployed</deploymentStatus>${content}`,
  );
const GAME = { 'package.xml': packageXml({ CustomObject: ['Game__c'] }), 'objects/Game__c.object': game() };
const permissionSet = (content: string) => ({
  'package.xml': packageXml({ PermissionSet: ['Player'] }),
  'permissionsets/Player.permissionset': xml('PermissionSet', `<label>Player</label>${content}`),
});
const rule = (formula: string) =>
  `<validationRules><fullName>Rule</fullName><active>true</active><errorConditionFormula>${formula}</errorConditionFormula>
   <errorMessage>No.</errorMessage></validationRules>`;

const problems = (outcome: DeployOutcome) =>
  outcome.messages
    .filter((each) => !each.success)
    .map((each) => `${each.componentType} ${each.fullName}: ${each.problem}`);

describe('a deployment', () => {
  it('creates an object with its fields and says of each part what it did', async () => {
    const first = await test.deploy(GAME);
    expect(problems(first)).toEqual([]);
    expect(first.messages.map((each) => [each.componentType, each.fullName, each.created, each.changed])).toEqual([
      ['CustomObject', 'Game__c', true, true],
      ['CustomField', 'Game__c.Code__c', true, true],
      ['', 'package.xml', false, true],
    ]);
    const again = await test.deploy(GAME);
    expect(again.messages.map((each) => [each.created, each.changed])).toEqual([
      [false, false],
      [false, false],
      [false, true],
    ]);
    expect(again.messages[0]?.id).toBe(first.messages[0]?.id);
    test.create('Game__c', { Code__c: 'x' });
    expect(test.query('SELECT Name, Code__c FROM Game__c')).toEqual([{ Name: 'G-001', Code__c: 'x' }]);
  });

  it('grants nobody the new fields by itself, and what a permission set grants to whom it is assigned', async () => {
    await test.deploy(GAME);
    expect(() => test.query('SELECT Code__c FROM Game__c', test.admin)).toThrow('No such column');
    const grants = `<objectPermissions><allowCreate>true</allowCreate><allowRead>true</allowRead><allowEdit>false</allowEdit>
      <allowDelete>false</allowDelete><viewAllRecords>false</viewAllRecords><modifyAllRecords>false</modifyAllRecords>
      <object>Game__c</object></objectPermissions><fieldPermissions><field>Game__c.Code__c</field><readable>true</readable>
      <editable>false</editable></fieldPermissions>`;
    expect(problems(await test.deploy(permissionSet(grants)))).toEqual([]);
    const player = test.createUser('Player', 'Standard User', ['Player']);
    expect(test.insert('Game__c', {}, player).success).toBe(true);
    expect(test.insert('Game__c', { Code__c: 'x' }, player).errors[0]?.statusCode).toBe(
      'INVALID_FIELD_FOR_INSERT_UPDATE',
    );
    expect(test.query('SELECT Code__c FROM Game__c', player)).toEqual([{ Code__c: null }]);
    await test.deploy(permissionSet(''));
    expect(test.org.user(player.userId).access.object('Game__c').read).toBe(false);
  });

  it('leaves nothing behind when it fails, and nothing when it only checks', async () => {
    const broken = { ...GAME, 'objects/Game__c.object': game(textField('Code__c') + rule('Nope__c = 1')) };
    expect(problems(await test.deploy(broken))).toEqual([
      'ValidationRule Game__c.Rule: Error in formula of validation rule Game__c.Rule: Field Nope__c does not exist. Check spelling.',
    ]);
    expect(test.org.core.schema.find('Game__c')).toBeUndefined();
    const checked = await test.org.deploy(test.admin, await zipOf(GAME), { ...DEPLOY, checkOnly: true });
    expect(checked.success).toBe(true);
    expect(test.org.core.schema.find('Game__c')).toBeUndefined();
    expect(test.org.metadataNames('CustomObject')).toEqual([]);
    expect((await test.deploy(GAME)).success).toBe(true);
    expect(test.create('Game__c', {})).toMatch(/^a00/);
  });

  it('numbers records from the start when the first thing ever done in the org was undone', async () => {
    const set = await zipOf(permissionSet(''));
    await test.org.deploy(test.admin, set, { ...DEPLOY, checkOnly: true });
    expect((await test.deploy(permissionSet(''))).success).toBe(true);
    expect(test.create('Lead', { LastName: 'A', Company: 'B' })).toBe('00QAc0000000001MAA');
  });

  it('keeps what went well without rollbackOnError', async () => {
    const broken = { ...GAME, 'objects/Game__c.object': game(textField('Code__c') + rule('Nope__c = 1')) };
    const outcome = await test.org.deploy(test.admin, await zipOf(broken), { ...DEPLOY, rollbackOnError: false });
    expect(outcome.success).toBe(false);
    test.create('Game__c', { Code__c: 'x' });
    expect(test.org.metadataNames('ValidationRule')).toEqual([]);
  });

  it('makes the fields that went well usable, and one that failed when it comes again', async () => {
    const broken = { ...GAME, 'objects/Game__c.object': game(textField('Code__c') + textField('Late__c', '<nope/>')) };
    await test.org.deploy(test.admin, await zipOf(broken), { ...DEPLOY, rollbackOnError: false });
    test.create('Game__c', { Code__c: 'x' });
    expect(() => test.query('SELECT Late__c FROM Game__c')).toThrow('No such column');
    const again = { ...GAME, 'objects/Game__c.object': game(textField('Code__c') + textField('Late__c')) };
    expect(problems(await test.deploy(again))).toEqual([]);
    test.create('Game__c', { Code__c: 'y', Late__c: 'z' });
    expect(test.query('SELECT Code__c, Late__c FROM Game__c ORDER BY Code__c')).toEqual([
      { Code__c: 'x', Late__c: null },
      { Code__c: 'y', Late__c: 'z' },
    ]);
  });

  it('needs the right to change metadata', async () => {
    await expect(test.deploy(GAME, test.createUser('Rep'))).rejects.toMatchObject({ code: 'INSUFFICIENT_ACCESS' });
  });

  it('removes what a destructive manifest names, and warns of what was not there', async () => {
    await test.deploy(GAME);
    const outcome = await test.deploy({
      'package.xml': packageXml({}),
      'destructiveChanges.xml': packageXml({ CustomField: ['Game__c.Code__c', 'Game__c.Other__c'] }),
    });
    expect(outcome.messages.map((each) => [each.fullName, each.deleted, each.problemType])).toEqual([
      ['Game__c.Code__c', true, undefined],
      ['Game__c.Other__c', false, 'Warning'],
      ['package.xml', false, undefined],
    ]);
    expect(() => test.query('SELECT Code__c FROM Game__c')).toThrow('No such column');
  });

  it('removes an object with its parts, and makes it again from nothing', async () => {
    await test.deploy(GAME);
    test.create('Game__c', { Code__c: 'x' });
    const removal = {
      'package.xml': packageXml({}),
      'destructiveChanges.xml': packageXml({ CustomObject: ['Game__c'] }),
    };
    expect(problems(await test.deploy(removal))).toEqual([]);
    expect(test.org.metadataNames('CustomField')).toEqual([]);
    expect((await test.deploy(GAME)).messages.map((each) => each.created)).toEqual([true, true, false]);
    expect(test.query('SELECT Id FROM Game__c')).toEqual([]);
  });

  it('refuses to remove a field that a rule needs', async () => {
    await test.deploy({ ...GAME, 'objects/Game__c.object': game(textField('Code__c') + rule('Code__c = "x"')) });
    const outcome = await test.deploy({
      'package.xml': packageXml({}),
      'destructiveChanges.xml': packageXml({ CustomField: ['Game__c.Code__c'] }),
    });
    expect(problems(outcome)).toEqual([
      'CustomField Game__c.Code__c: Game__c.Code__c is referenced elsewhere: validation rule Game__c.Rule. Remove the usage and try again.',
    ]);
    expect(test.insert('Game__c', { Code__c: 'x' }).errors[0]?.message).toBe('No.');
  });
});

describe('a deployment refuses', () => {
  const deployGame = async (content: string) =>
    problems(await test.deploy({ ...GAME, 'objects/Game__c.object': game(content) }));

  it.each([
    [
      'an unknown element',
      textField('A__c', '<lenght>1</lenght>'),
      '}lenght invalid at this location in type CustomField',
    ],
    [
      'a field without a length',
      textField('A__c').replace(/<length>.*<\/length>/, ''),
      "Must specify 'length' for a CustomField of type Text",
    ],
    ['an unknown field type', textField('A__c').replace('Text<', 'Blob<'), "does not support fields of type 'Blob'"],
    [
      'an unknown permission in a rule',
      rule('$Permission.Nope'),
      'Field $Permission.Nope does not exist. Check spelling.',
    ],
    [
      'a rule that is no condition',
      rule('1 + 1'),
      'Formula result is data type (Number), incompatible with expected data type (Boolean).',
    ],
    [
      'a lookup to nothing',
      '<fields><fullName>A__c</fullName><label>A</label><type>Lookup</type><referenceTo>No__c</referenceTo></fields>',
      "referenceTo value of 'No__c' does not resolve to a valid sObject type",
    ],
  ])('%s', async (_title, content, problem) => {
    expect((await deployGame(content)).join()).toContain(problem);
  });

  it.each([
    [
      'a field that does not exist',
      '<field>Lead.Nope__c</field><readable>true</readable>',
      'In field: field - no CustomField named Lead.Nope__c found',
    ],
    [
      'a required field',
      '<field>Lead.Company</field><readable>true</readable>',
      'You cannot deploy to a required field: Lead.Company',
    ],
  ])('a permission set with %s', async (_title, field, problem) => {
    const outcome = await test.deploy(permissionSet(`<fieldPermissions>${field}</fieldPermissions>`));
    expect(problems(outcome)).toEqual([`PermissionSet Player: ${problem}`]);
  });

  it('a permission set whose rights rest on others that are missing', async () => {
    const content = '<objectPermissions><allowEdit>true</allowEdit><object>Lead</object></objectPermissions>';
    expect(problems(await test.deploy(permissionSet(content)))).toEqual([
      'PermissionSet Player: Permission Edit Lead depends on permission(s): Read Lead',
    ]);
  });

  it('types that do not exist, types that this org cannot run, and members without a file', async () => {
    const outcome = await test.deploy({
      'package.xml': packageXml({ Nonsense: ['A'], ApexClass: ['Foo'], CustomObject: ['Gone__c'] }),
    });
    expect(problems(outcome)).toEqual([
      " Nonsense: Unknown type name 'Nonsense' specified in package.xml",
      'ApexClass Foo: The embedded org does not support ApexClass',
      "CustomObject Gone__c: An object 'Gone__c' of type CustomObject was named in package.xml, but was not found in zipped directory",
    ]);
  });

  it('a package of no version, or of one that is yet to come', async () => {
    const deploy = (version: string) =>
      test.deploy({ ...GAME, 'package.xml': GAME['package.xml'].replace('<version>68.0</version>', version) });
    expect(problems(await deploy(''))).toEqual([' package.xml: No version specified']);
    for (const wrong of ['99.0', '69.0', '68.5', '30.0', 'x'])
      expect(problems(await deploy(`<version>${wrong}</version>`))).toEqual([
        ` package.xml: Invalid version specified:${wrong}`,
      ]);
    expect(test.org.core.schema.find('Game__c')).toBeUndefined();
    expect(problems(await deploy('<version>31.0</version>'))).toEqual([]);
  });

  it('a file that is not well-formed, but not its neighbours', async () => {
    const outcome = await test.deploy({
      ...GAME,
      'package.xml': packageXml({ CustomObject: ['Game__c'], CustomTab: ['Game__c'] }),
      'tabs/Game__c.tab': '<CustomTab><customObject>true</CustomTab>',
    });
    expect(problems(outcome)[0]).toContain('CustomTab Game__c: Error parsing file');
    expect(outcome.messages[0]?.success).toBe(true);
  });
});

describe('an org that is opened again', () => {
  it('keeps its rules and goes on counting', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'accord-org-'));
    const path = join(folder, 'org.db');
    const insert = (org: Org, code: string) =>
      org.insert(org.system(), 'Game__c', [{ Code__c: code }], {
        allOrNone: false,
        autoAssign: false,
        apiVersion: 68,
      })[0];
    try {
      const before = openOrg({ path });
      const zip = await zipOf({
        ...GAME,
        'objects/Game__c.object': game(textField('Code__c') + rule('Code__c = "x"')),
      });
      await before.deploy(before.system(), zip, DEPLOY);
      const first = insert(before, 'a');
      before.close();
      const after = openOrg({ path });
      expect(insert(after, 'x')?.errors[0]?.message).toBe('No.');
      expect(first?.id).toBe('a00Ac0000000001IAA');
      expect(insert(after, 'b')?.id).toBe('a00Ac0000000002IAA');
      after.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('deployed files', () => {
  it('can be read back by type and name', async () => {
    await test.deploy({
      'package.xml': packageXml({ LightningComponentBundle: ['gameCard'] }),
      'lwc/gameCard/gameCard.js': 'export default 1;',
      'lwc/gameCard/gameCard.js-meta.xml': xml('LightningComponentBundle', '<apiVersion>66.0</apiVersion>'),
    });
    expect(test.org.metadataNames('LightningComponentBundle')).toEqual(['gameCard']);
    const files = test.org.metadataFiles('LightningComponentBundle', 'gameCard');
    expect([...files.keys()]).toEqual(['lwc/gameCard/gameCard.js', 'lwc/gameCard/gameCard.js-meta.xml']);
    expect(new TextDecoder().decode(files.get('lwc/gameCard/gameCard.js'))).toBe('export default 1;');
  });
});
