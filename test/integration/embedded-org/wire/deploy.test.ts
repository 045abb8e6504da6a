import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import { addUser, startTestOrg, type TestOrg } from './running-org.ts';

const PACKAGE = `<?xml version="1.0" encoding="UTF-8"?>
<Package xmlns="http://soap.sforce.com/2006/04/metadata">
  <types><members>Lead.Score__c</members><name>CustomField</name></types><version>68.0</version>
</Package>`;

const field = (type: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">
  <fields><fullName>Score__c</fullName><label>Score</label><type>${type}</type><precision>4</precision><scale>0</scale></fields>
</CustomObject>`;

async function zipOf(object: string): Promise<Buffer> {
  const zip = new JSZip().file('package.xml', PACKAGE).file('objects/Lead.object', object);
  return zip.generateAsync({ type: 'nodebuffer' });
}

/** Deploys by jsforce's REST call. Its locator would go on by SOAP, so its first answer is taken and followed by REST. */
async function deploy(org: TestOrg, zip: Buffer, options: object = {}): Promise<Record<string, unknown>> {
  const locator = org.connection.metadata.deployRest(zip, options);
  const { id, deployResult } = await (Reflect.get(locator, '_promise') as unknown as Promise<{
    id: string;
    deployResult: object;
  }>);
  expect(deployResult).toMatchObject({ done: false, status: 'Pending' });
  return follow(org, id);
}

async function follow(org: TestOrg, id: string): Promise<Record<string, unknown>> {
  for (;;) {
    const result = await org.connection.metadata.checkDeployStatus(id, true, true);
    if (result.done) return { ...result };
  }
}

const hasScore = async (org: TestOrg): Promise<boolean> =>
  org.org.core.schema.find('Lead')?.fields.some((f) => f.name === 'Score__c') ?? false;

describe('deployments by REST', () => {
  it('adds a field, told in the form that deploy clients read', async () => {
    await using org = await startTestOrg();
    const result = await deploy(org, await zipOf(field('Number')), { rollbackOnError: true, singlePackage: true });
    expect(result).toMatchObject({
      status: 'Succeeded',
      success: true,
      numberComponentsTotal: 1,
      numberComponentsDeployed: 1,
      numberComponentErrors: 0,
      details: { componentFailures: [] },
    });
    expect(await hasScore(org)).toBe(true);
  });

  it('is refused when it cannot tell whether to check only', async () => {
    await using org = await startTestOrg();
    const deployment = deploy(org, await zipOf(field('Number')), { checkOnly: 'true' });
    await expect(deployment).rejects.toThrow('Cannot deserialize instance of boolean from VALUE_STRING value true');
    expect(await hasScore(org)).toBe(false);
  });

  it('checks only when asked to', async () => {
    await using org = await startTestOrg();
    expect(await deploy(org, await zipOf(field('Number')), { checkOnly: true })).toMatchObject({
      success: true,
      checkOnly: true,
    });
    expect(await hasScore(org)).toBe(false);
  });

  it('names the component that fails', async () => {
    await using org = await startTestOrg();
    const result = await deploy(org, await zipOf(field('Nonsense')));
    expect(result).toMatchObject({ status: 'Failed', success: false, numberComponentErrors: 1 });
    const { componentFailures } = result['details'] as { componentFailures: object[] };
    expect(componentFailures).toMatchObject([{ fullName: 'Lead.Score__c', success: false, problemType: 'Error' }]);
    expect(await hasScore(org)).toBe(false);
  });

  it('refuses what is no zip, no multipart body, an unknown id and a user without the right', async () => {
    await using org = await startTestOrg();
    expect(await deploy(org, Buffer.from('nonsense'))).toMatchObject({ status: 'Failed', success: false });
    expect((await org.send('POST', 'metadata/deployRequest', {})).status).toBe(415);
    expect((await org.send('GET', 'metadata/deployRequest/0Af000000000000AAA')).status).toBe(404);
    const authorization = `Bearer ${org.sessions.create(addUser(org, 'rep@accord.example'))}`;
    expect(await org.send('POST', 'metadata/deployRequest', {}, { authorization })).toMatchObject({ status: 403 });
  });

  it('are neither read nor canceled by users who may not deploy', async () => {
    await using org = await startTestOrg();
    const { id } = await deploy(org, await zipOf(field('Number')), { checkOnly: true });
    const authorization = `Bearer ${org.sessions.create(addUser(org, 'rep@accord.example'))}`;
    const path = `metadata/deployRequest/${String(id)}`;
    const refusal = { status: 403, body: [{ errorCode: 'INSUFFICIENT_ACCESS' }] };
    expect(await org.send('GET', path, undefined, { authorization })).toMatchObject(refusal);
    const cancel = { deployResult: { status: 'Canceling' } };
    expect(await org.send('PATCH', path, cancel, { authorization })).toMatchObject(refusal);
    expect(await org.send('GET', path)).toMatchObject({ status: 200, body: { id } });
  });
});
