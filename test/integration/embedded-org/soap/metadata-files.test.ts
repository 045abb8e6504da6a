import JSZip from 'jszip';
import { beforeEach, describe, expect, it } from 'vitest';
import { Deployments } from '../../../../src/embedded-org/wire/metadata/deployments.ts';
import { packageXml, xml, zipOf } from '../../../support/test-org.ts';
import { eventually } from '../../../support/eventually.ts';
import { startTestOrg, type TestOrg } from '../wire/running-org.ts';
import { postSoap } from './soap-client.ts';

let org: TestOrg;
beforeEach(async () => {
  org = await startTestOrg();
  org.connection.metadata.pollInterval = 20;
  return () => org[Symbol.asyncDispose]();
});

const field = (name: string, type = 'Text') =>
  `<fields><fullName>${name}</fullName><label>${name}</label><type>${type}</type><length>9</length></fields>`;
const rule = `<validationRules><fullName>Named</fullName><active>true</active>
  <errorConditionFormula>Code__c = &quot;&lt;&quot;</errorConditionFormula><errorMessage>It&apos;s no.</errorMessage></validationRules>`;
const object = (content: string) =>
  xml(
    'CustomObject',
    `<label>Game</label><pluralLabel>Games</pluralLabel><deploymentStatus>Deployed</deploymentStatus>
     <nameField><label>Game Name</label><type>Text</type></nameField><sharingModel>ReadWrite</sharingModel>${content}`,
  );

async function deploy(files: Record<string, string>, options: object = {}) {
  const zip = Buffer.from(await zipOf(files));
  return org.connection.metadata.deploy(zip, { singlePackage: true, rollbackOnError: true, ...options }).complete(true);
}

const deployGame = () =>
  deploy({
    'package.xml': packageXml({ CustomObject: ['Game__c'], CustomField: ['Lead.Shoe__c'] }),
    'objects/Game__c.object': object(field('Code__c') + rule),
    'objects/Lead.object': xml('CustomObject', field('Shoe__c')),
  });

type Request = { types: { name: string; members: string[] }[]; singlePackage?: boolean };

async function retrieve({ types, singlePackage = false }: Request) {
  const request = { apiVersion: '68.0', singlePackage, unpackaged: { types, version: '68.0' } };
  const result = await org.connection.metadata.retrieve(request as never).complete();
  const zip = await JSZip.loadAsync(Buffer.from(result.zipFile, 'base64'));
  const files = await Promise.all(
    Object.values(zip.files)
      .filter((entry) => !entry.dir)
      .map(async (entry) => [entry.name, await entry.async('string')] as const),
  );
  return { result, files: Object.fromEntries(files) };
}

describe('deploy and retrieve by SOAP, by jsforce', () => {
  it('deploys a zip and tells of each component what it did', async () => {
    const result = await deployGame();
    expect(result).toMatchObject({ status: 'Succeeded', success: true, numberComponentsDeployed: 4 });
    const names = [result.details.componentSuccesses].flat().map((each) => each?.fullName);
    expect(names).toEqual(['Game__c', 'Game__c.Code__c', 'Lead.Shoe__c', 'Game__c.Named', 'package.xml']);
  });

  it('keeps the good components only if rollbackOnError is off, and calls that a success in part', async () => {
    const files = {
      'package.xml': packageXml({ CustomField: ['Lead.Good__c', 'Lead.Bad__c'] }),
      'objects/Lead.object': xml('CustomObject', field('Good__c') + field('Bad__c', 'Nonsense')),
    };
    const hasGood = () => org.org.core.schema.find('Lead')?.fields.some((each) => each.name === 'Good__c');
    expect(await deploy(files)).toMatchObject({ status: 'Failed', success: false, numberComponentErrors: 1 });
    expect(hasGood()).toBe(false);
    expect(await deploy(files, { rollbackOnError: false })).toMatchObject({
      status: 'SucceededPartial',
      success: true,
    });
    expect(hasGood()).toBe(true);
  });

  it('fails a deployment that names tests, as the org has no Apex', async () => {
    const files = {
      'package.xml': packageXml({ CustomField: ['Lead.Good__c'] }),
      'objects/Lead.object': xml('CustomObject', field('Good__c')),
    };
    const result = await deploy(files, { testLevel: 'RunSpecifiedTests', runTests: ['LeadTest'] });
    expect(result).toMatchObject({ status: 'Failed', errorMessage: 'No Apex test class named LeadTest found' });
  });

  it('lets wildcards ask for types of which the zip has no files', async () => {
    const types = { ApexClass: ['*'], CustomField: ['Lead.Good__c'] };
    const files = { 'package.xml': packageXml(types), 'objects/Lead.object': xml('CustomObject', field('Good__c')) };
    expect(await deploy(files)).toMatchObject({ status: 'Succeeded' });
    const withClass = { ...files, 'classes/A.cls': 'class A {}' };
    const failed = await deploy(withClass);
    expect(failed.details.componentFailures).toMatchObject([
      { problem: 'The embedded org does not support ApexClass' },
    ]);
  });

  it('gives back an object whole by wildcard, and of a standard object the fields that were named', async () => {
    await deployGame();
    const { result, files } = await retrieve({
      types: [
        { name: 'CustomObject', members: ['*'] },
        { name: 'CustomField', members: ['Lead.Shoe__c'] },
      ],
    });
    expect(Object.keys(files).toSorted()).toEqual([
      'unpackaged/objects/Game__c.object',
      'unpackaged/objects/Lead.object',
      'unpackaged/package.xml',
    ]);
    expect(files['unpackaged/objects/Game__c.object']).toContain('Code__c = &quot;&lt;&quot;');
    expect(files['unpackaged/objects/Lead.object']).toContain('<fullName>Shoe__c</fullName>');
    expect(files['unpackaged/objects/Lead.object']).not.toContain('Company');
    expect(result.fileProperties).toMatchObject([
      { fullName: 'Game__c', type: 'CustomObject', createdByName: 'Admin User' },
      { fullName: 'Lead.Shoe__c', type: 'CustomField', fileName: 'unpackaged/objects/Lead.object' },
    ]);
  });

  it('gives back what another org takes unchanged', async () => {
    await deployGame();
    const { files } = await retrieve({
      types: [
        { name: 'CustomObject', members: ['Game__c', 'Lead'] },
        { name: 'ValidationRule', members: ['Game__c.Named'] },
      ],
      singlePackage: true,
    });
    await using other = await startTestOrg();
    other.connection.metadata.pollInterval = 20;
    const zip = Buffer.from(await zipOf(files));
    const result = await other.connection.metadata.deploy(zip, { singlePackage: true }).complete(true);
    expect(result).toMatchObject({ status: 'Succeeded', numberComponentErrors: 0 });
    const [here, there] = [org, other].map((each) => each.org.core.schema.find('Game__c'));
    expect(there).toEqual(here);
  });

  it('says what cannot be found, is unknown or not supported, and retrieves the rest', async () => {
    await deployGame();
    const { result } = await retrieve({
      types: [
        { name: 'CustomObject', members: ['Game__c', 'Nope__c'] },
        { name: 'ApexClass', members: ['*'] },
        { name: 'Nonsense', members: ['*'] },
        { name: 'CustomField', members: ['*'] },
      ],
    });
    expect(result.success).toBe(true);
    expect([result.messages].flat().map((each) => each.problem)).toEqual([
      "Entity of type 'CustomObject' named 'Nope__c' cannot be found",
      'The embedded org does not support ApexClass',
      "Entity type: 'Nonsense' is unknown",
      "Entity of type 'CustomField' named '*' cannot be found",
    ]);
  });

  it('follows the parts of an object that later deployments changed or removed', async () => {
    await deployGame();
    await deploy({
      'package.xml': packageXml({ CustomField: ['Game__c.More__c'] }),
      'objects/Game__c.object': xml('CustomObject', field('More__c')),
      'destructiveChangesPost.xml': packageXml({ ValidationRule: ['Game__c.Named'] }),
    });
    const { files } = await retrieve({ types: [{ name: 'CustomObject', members: ['Game__c'] }] });
    const text = files['unpackaged/objects/Game__c.object'] ?? '';
    expect(text).toContain('<fullName>More__c</fullName>');
    expect(text).not.toContain('validationRules');
  });

  it('lists and describes the types that it deploys, and refuses others', async () => {
    await deployGame();
    const listed = await org.connection.metadata.list([{ type: 'CustomObject' }, { type: 'ValidationRule' }]);
    const names = listed.map((each) => each.fullName);
    expect(names).toEqual(expect.arrayContaining(['Game__c', 'Lead', 'Game__c.Named']));
    expect(listed.find((each) => each.fullName === 'Game__c')).toMatchObject({
      fileName: 'objects/Game__c.object',
      manageableState: 'unmanaged',
      lastModifiedByName: 'Admin User',
    });
    const { metadataObjects } = await org.connection.metadata.describe();
    const customObject = metadataObjects.find((each) => each.xmlName === 'CustomObject');
    expect(customObject).toMatchObject({ directoryName: 'objects', suffix: 'object' });
    expect(customObject?.childXmlNames).toContain('ValidationRule');
    await expect(org.connection.metadata.list([{ type: 'ApexClass' }])).rejects.toThrow('INVALID_TYPE');
  });

  it('refuses packages, unknown ids and bodies without a zip', async () => {
    const call = (body: string) => postSoap(org, 'm/67.0', body);
    const packaged = '<retrieve><request><packageNames>Nope</packageNames></request></retrieve>';
    expect((await call(packaged)).text).toContain('INVALID_CROSS_REFERENCE_KEY');
    const unknown = '<asyncProcessId>0Af000000000000AAA</asyncProcessId>';
    expect((await call(`<checkDeployStatus>${unknown}</checkDeployStatus>`)).status).toBe(500);
    expect((await call(`<checkRetrieveStatus>${unknown}</checkRetrieveStatus>`)).text).toContain('sf:INVALID_LOCATOR');
    expect((await call('<deploy><DeployOptions/></deploy>')).text).toContain('ZipFile not specified');
    const deployed = await org.connection.metadata.deploy(Buffer.from('no zip'), {}).complete(true);
    expect(deployed).toMatchObject({ status: 'Failed', success: false });
  });

  it.each([true, false])('deploys what was validated without being sent it again, by REST: %s', async (rest) => {
    const files = {
      'package.xml': packageXml({ CustomField: ['Lead.Good__c'] }),
      'objects/Lead.object': xml('CustomObject', field('Good__c')),
    };
    const { metadata } = org.connection;
    const validation = await deploy(files, { checkOnly: true });
    expect(org.org.core.schema.find('Lead')?.fields.some((each) => each.name === 'Good__c')).toBe(false);
    const id = await metadata.deployRecentValidation({ id: validation.id, rest });
    const result = await eventually(
      () => metadata.checkDeployStatus(id),
      (each) => each.done,
    );
    expect(result).toMatchObject({ status: 'Succeeded', checkOnly: false });
    expect(org.org.core.schema.find('Lead')?.fields.some((each) => each.name === 'Good__c')).toBe(true);
    await expect(metadata.deployRecentValidation({ id, rest })).rejects.toThrow('No successful validation');
  });

  it('names the elements of a type', async () => {
    const type = '<type>{http://soap.sforce.com/2006/04/metadata}ValidationRule</type>';
    const { text } = await postSoap(org, 'm/67.0', `<describeValueType>${type}</describeValueType>`);
    expect(text).toContain('<name>errorConditionFormula</name>');
  });

  it('takes back a deployment that has not begun, and none that has ended', async () => {
    const user = org.org.system();
    const zip = await zipOf({ 'package.xml': packageXml({}) });
    const queue = new Deployments(org.org, (error) => org.faults.push(error));
    const [first, second] = [queue.enqueue(user, zip, {}), queue.enqueue(user, zip, {})];
    queue.cancel(second);
    await queue.close();
    expect([first.status, second.status]).toEqual(['Canceled', 'Canceled']);
    const { id } = await deployGame();
    const { status, text } = await postSoap(org, 'm/67.0', `<cancelDeploy><String>${id}</String></cancelDeploy>`);
    expect(status).toBe(500);
    expect(text).toContain('is Succeeded and cannot be canceled');
  });
});
