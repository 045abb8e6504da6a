import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { beforeEach, describe, expect, it } from 'vitest';
import { type RunningOrg, startOrg } from '../../src/embedded-org/start-org.ts';
import { SfCli } from '../support/sf-cli.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const REST = { SF_ORG_METADATA_REST_DEPLOY: 'true' };

const EMPTY_PARENT = '/main/default/objects/Lead/Lead.object-meta.xml';

type File = { fullName: string; type: string; state: string; error?: string; lineNumber?: number };
type Outcome = { id: string; success: boolean; status: string; numberComponentErrors: number; files: File[] };

let org: RunningOrg;
let sf: SfCli;
beforeEach(async () => {
  org = await startOrg({ port: 0 });
  // In a project the CLI takes no address of an org from the environment, so it signs in.
  sf = new SfCli({ SF_TARGET_ORG: 'here' });
  const login = ['org', 'login', 'access-token', '--instance-url', org.instanceUrl, '--no-prompt', '--alias', 'here'];
  await sf.result(login, { SF_ACCESS_TOKEN: org.accessToken });
  return async () => {
    await org.close();
    sf.dispose();
  };
});

/** A project with the package's own sources in the CLI's folder. */
function createProject(): string {
  cpSync(join(ROOT, 'sfdx-project.json'), join(sf.folder, 'sfdx-project.json'));
  cpSync(join(ROOT, 'force-app'), join(sf.folder, 'force-app'), { recursive: true });
  return join(sf.folder, 'force-app');
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(sf.folder, path)), { recursive: true });
    writeFileSync(join(sf.folder, path), content);
  }
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  parseTagValue: false,
  htmlEntities: true,
});

/** Every file below a folder; XML as what it says, whichever way quotes are written. */
function readTree(folder: string): Record<string, unknown> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = entries.map((entry) => join(entry.parentPath, entry.name)).toSorted();
  return Object.fromEntries(
    files.map((file) => {
      const text = readFileSync(file, 'utf8');
      return [file.slice(folder.length), file.endsWith('.xml') ? parser.parse(text) : text];
    }),
  );
}

const xml = (root: string, content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><${root} xmlns="http://soap.sforce.com/2006/04/metadata">${content}</${root}>`;

describe('sf project', () => {
  it('brings back from the org what it has deployed there by SOAP, file by file', async () => {
    const source = createProject();
    const deployed = await sf.result<Outcome>(['project', 'deploy', 'start']);
    expect(deployed).toMatchObject({ status: 'Succeeded', success: true, numberComponentErrors: 0 });
    expect(new Set(deployed.files.map((file) => file.state))).toEqual(new Set(['Created']));
    const before = readTree(source);
    const manifest = ['project', 'generate', 'manifest', '--source-dir', 'force-app', '--name', 'all.xml'];
    await sf.result(manifest);
    rmSync(join(source, 'main'), { recursive: true });
    const retrieved = await sf.result<Outcome>(['project', 'retrieve', 'start', '--manifest', 'all.xml']);
    expect(retrieved).toMatchObject({ status: 'Succeeded', success: true });
    // The CLI writes a file for the parent of fields of a standard object, with nothing in it.
    const { [EMPTY_PARENT]: parent, ...after } = readTree(source);
    expect(after).toEqual(before);
    expect(parent).toMatchObject([{}, { CustomObject: [] }]);
  });

  it('validates without leaving anything, then deploys what was validated, then finds by REST that nothing changed', async () => {
    createProject();
    const validate = ['project', 'deploy', 'validate', '--source-dir', 'force-app', '--test-level', 'RunLocalTests'];
    const validation = await sf.result<Outcome>(validate);
    expect(validation).toMatchObject({ status: 'Succeeded', checkOnly: true });
    expect(org.org.core.schema.find('Accord_Agreement__c')).toBeUndefined();
    const quick = await sf.result<Outcome>(['project', 'deploy', 'quick', '--job-id', validation.id]);
    expect(quick).toMatchObject({ status: 'Succeeded', numberComponentErrors: 0 });
    expect(org.org.core.schema.find('Accord_Agreement__c')).toBeDefined();
    const again = await sf.result<Outcome>(['project', 'deploy', 'start', '--source-dir', 'force-app'], REST);
    // A static resource made from a folder is zipped anew each time, with the time in it.
    const others = again.files.filter((file) => file.type !== 'StaticResource');
    expect(others.filter((file) => file.state !== 'Unchanged')).toEqual([]);
  });

  it('names each component that cannot be deployed, with the place in its file, and keeps none of the others', async () => {
    const members = { ApexClass: 'Late', LightningComponentBundle: 'torn', CustomField: 'Lead.Shoe_Size__c' };
    const types = Object.entries(members).map(
      ([name, member]) => `<types><members>${member}</members><name>${name}</name></types>`,
    );
    const field = '<fullName>Shoe_Size__c</fullName><label>Shoe</label><type>Text</type><length>9</length>';
    write({
      'md/package.xml': xml('Package', `${types.join('')}<version>67.0</version>`),
      'md/classes/Late.cls': 'public class Late {}',
      'md/classes/Late.cls-meta.xml': xml('ApexClass', '<apiVersion>67.0</apiVersion><status>Active</status>'),
      'md/lwc/torn/torn.js':
        "import { LightningElement } from 'lwc';\nexport default class Torn extends LightningElement { a = ; }",
      'md/lwc/torn/torn.js-meta.xml': xml('LightningComponentBundle', '<apiVersion>62.0</apiVersion>'),
      'md/objects/Lead.object': xml('CustomObject', `<fields>${field}</fields>`),
    });
    const answer = await sf.json(['project', 'deploy', 'start', '--metadata-dir', 'md']);
    expect(answer.status).toBe(1);
    const { details } = answer.result as { details: { componentFailures: object[] } };
    expect(details.componentFailures).toMatchObject([
      { componentType: 'ApexClass', fullName: 'Late', problem: 'The embedded org does not support ApexClass' },
      { fullName: 'torn', lineNumber: 2, problem: expect.stringContaining('LWC1007: torn.js: Unexpected token') },
    ]);
    const lead = org.org.core.schema.find('Lead');
    expect(lead?.fields.some((each) => each.name === 'Shoe_Size__c')).toBe(false);
  });

  it('lists what is deployed and assigns a permission set once', async () => {
    createProject();
    await sf.result(['project', 'deploy', 'start']);
    const objects = await sf.result<{ fullName: string }[]>(['org', 'list', 'metadata', '-m', 'CustomObject']);
    expect(objects.map((each) => each.fullName)).toEqual(expect.arrayContaining(['Accord_Agreement__c', 'Lead']));
    const types = await sf.result<{ metadataObjects: { xmlName: string }[] }>(['org', 'list', 'metadata-types']);
    expect(types.metadataObjects.map((each) => each.xmlName)).toContain('PermissionSet');
    const assign = ['org', 'assign', 'permset', '--name', 'Accord_Rep'];
    await sf.result(assign);
    const { result } = await sf.json(assign);
    expect(result).toMatchObject({ successes: [], failures: [{ message: expect.stringMatching(/^Duplicate/) }] });
  });
});
