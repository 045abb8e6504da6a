import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agreementStatus } from '../../../src/app/agreement/agreement-status.ts';
import { mergeIntoFile } from '../../../src/app/agreement/merge-into-file.ts';
import { pullAgreement } from '../../../src/app/agreement/pull-agreement.ts';
import { checkAgainstOrg, pushAgreement } from '../../../src/app/agreement/push-agreement.ts';
import { readAgreementFile } from '../../../src/app/agreement/read-agreement-file.ts';
import { signAgreement } from '../../../src/app/agreement/sign-agreement.ts';
import { findPreviews } from '../../../src/app/preview/find-previews.ts';
import { openPreview } from '../../../src/app/preview/open-preview.ts';
import { addPerson, insertRow } from '../../support/org-people.ts';
import { refusalOf } from '../../support/refusal-of.ts';
import { AgreedOrg, agreementText } from './agreed-org.ts';

const fileOf = (text: string) => readAgreementFile(Buffer.from(text), 'test.yaml');

describe('an agreement in the org', () => {
  let org: AgreedOrg;
  beforeAll(async () => {
    org = await AgreedOrg.start();
  });
  afterAll(() => org[Symbol.asyncDispose]());

  const status = async () => agreementStatus(await org.crm(), org.clock);
  const signatures = (): number => org.query('SELECT Id FROM Accord_Signature__c').length;

  it('is refused where the package is missing for the user, with what to do', async () => {
    const stranger = await org.crm(org.running.org.user(org.add('User', newUser())));
    expect((await refusalOf(pushAgreement(stranger, fileOf(agreementText())))).key).toBe('not-installed');
  });

  it('is refused with the line of a field that the org does not have', async () => {
    const text = agreementText().replace('Lead.NumberOfEmployees', 'Lead.NumberOfEmploys');
    const refusal = await refusalOf(pushAgreement(await org.crm(), fileOf(text)));
    expect(refusal.key).toBe('agreement-invalid');
    expect(refusal.details[0]).toMatch(/^test\.yaml:7:\d+ error facts\.employees.*Did you mean "/);
  });

  it('warns of a fact whose field some readers of verdicts may not read, unless it is restricted', async () => {
    const warn = async (text: string) =>
      (await checkAgainstOrg(await org.crm(), fileOf(text))).filter((each) => each.severity === 'warning');
    expect(await warn(agreementText())).toEqual([]);
    addPerson(org.running.org, 'Rhea', {
      profileId: String(org.query("SELECT Id FROM Profile WHERE Name LIKE 'Minimum Access - API%'")[0]?.['Id']),
      permissionSets: ['Accord_Rep'],
    });
    const [hidden, ...others] = await warn(agreementText());
    expect(others).toEqual([]);
    expect(hidden).toMatchObject({ line: 7, path: 'facts.employees' });
    expect(hidden?.message).toContain('Lead.NumberOfEmployees is hidden from 1 of 5 users');
    expect(await warn(agreementText().replace('OfEmployees }', 'OfEmployees, restricted: true }'))).toEqual([]);
  });

  it('becomes version 1, and stays version 1 while the file says the same', async () => {
    const crm = await org.crm();
    const first = await pushAgreement(crm, fileOf(agreementText()));
    expect(first).toMatchObject({ version: 1, status: 'Proposed', created: true });
    const again = await pushAgreement(crm, fileOf(`# layout only\n${agreementText()}`));
    expect(again).toMatchObject({ id: first.id, version: 1, created: false });
  });

  it('may wait as a draft and is proposed by pushing it again', async () => {
    const crm = await org.crm();
    const text = agreementText('Draft', 7);
    expect(await pushAgreement(crm, fileOf(text), { draft: true })).toMatchObject({ status: 'Draft', created: true });
    const again = { status: 'Proposed', created: false, proposed: true };
    expect(await pushAgreement(crm, fileOf(text), { dryRun: true })).toMatchObject(again);
    expect(await pushAgreement(crm, fileOf(text), { draft: true })).toMatchObject({ status: 'Draft', proposed: false });
    expect(await pushAgreement(crm, fileOf(text))).toMatchObject(again);
    org.running.org.update(
      org.admin,
      'Accord_Agreement__c',
      [{ Id: (await pushAgreement(crm, fileOf(text))).id, Status__c: 'Withdrawn' }],
      { allOrNone: true, autoAssign: false, apiVersion: 68 },
    );
  });

  it('is not signed unseen, while the service has written no preview of it', async () => {
    const refusal = await refusalOf(signAgreement(await org.crm(org.people.vera), { party: 'sales' }));
    expect(refusal.key).toBe('no-preview');
    await org.preview();
  });

  it('is not signed by somebody whom it does not name', async () => {
    const refusal = await refusalOf(signAgreement(await org.crm(org.people.ana), { party: 'sales' }));
    expect(refusal.key).toBe('not-a-signer');
    expect(refusal.message).toContain('it names VERA@northwind.example');
    expect(signatures()).toBe(0);
  });

  it("is not signed by the service's user", async () => {
    const refusal = await refusalOf(signAgreement(await org.crm(org.people.service), { party: 'sales' }));
    expect(refusal.key).toBe('service-user');
  });

  it('is not signed under another hash than the one that was read', async () => {
    const signing = signAgreement(await org.crm(org.people.vera), { party: 'sales', hash: 'a'.repeat(64) });
    expect((await refusalOf(signing)).message).toContain('it is not the text that was read');
  });

  const openings = (): number => org.query('SELECT Id FROM Accord_Preview_Opening__c').length;

  it('is neither opened nor signed in a dry run', async () => {
    const done = await signAgreement(await org.crm(org.people.vera), { party: 'sales', dryRun: true });
    expect(done).toMatchObject({ id: null, dryRun: true, created: false });
    expect([openings(), signatures()]).toEqual([0, 0]);
  });

  it('is opened before the signer is asked, and not signed without consent', async () => {
    const signing = signAgreement(await org.crm(org.people.vera), { party: 'sales' }, ({ preview }) => {
      expect(preview.hash).toMatch(/^[0-9a-f]{64}$/);
      expect(openings()).toBe(1);
      return Promise.resolve(false);
    });
    expect((await refusalOf(signing)).key).toBe('not-confirmed');
    expect(signatures()).toBe(0);
  });

  it('is signed once by a signer, in whatever case it names them', async () => {
    const crm = await org.crm(org.people.vera);
    const first = await signAgreement(crm, { party: 'sales' });
    expect(first).toMatchObject({ party: 'Sales', created: true, complete: false });
    expect(await signAgreement(crm, { party: 'sales' })).toMatchObject({ id: first.id, created: false });
    expect(signatures()).toBe(1);
  });

  it('is not kept before the second party has signed', async () => {
    const { inForce, versions } = await status();
    expect(inForce).toBeNull();
    expect(versions.find((each) => each.agreement === 'Northwind')?.problems).toEqual(['Marketing has not signed.']);
  });

  it('is kept once a second person has signed for the other party', async () => {
    expect(await signAgreement(await org.crm(org.people.carl), { party: 'marketing' })).toMatchObject({
      complete: true,
    });
    expect((await status()).inForce).toEqual({ agreement: 'Northwind', version: 1, mode: 'Observe' });
  });

  it('is not complete by a signature that does not count', async () => {
    const { id, hash } = await pushAgreement(await org.crm(), fileOf(agreementText('Forged')));
    await org.preview();
    const { org: data } = org.running;
    const max = addPerson(data, 'Max', { permissionSets: ['Accord_Marketing', 'Accord_Signer_Marketing'] });
    const preview = (await findPreviews(await org.crm(), [{ record: { id: String(id) }, hash }])).get(String(id));
    const forged = {
      Agreement__c: id,
      Party__c: 'Marketing',
      Document_Hash__c: hash,
      Key__c: `${id}:Marketing`,
      Preview_Opening__c: preview && (await openPreview(await org.crm(max), preview)),
    };
    insertRow(data, max, 'Accord_Signature__c', forged);
    const crm = await org.crm(org.people.vera);
    const options = { party: 'sales', agreement: 'forged' } as const;
    expect(await signAgreement(crm, options)).toMatchObject({ created: true, complete: false });
    expect(await signAgreement(crm, options)).toMatchObject({ created: false, complete: false });
  });

  it('is not signed for both parties by one person, even where both name them', async () => {
    const text = agreementText('Solo').replace('[carl@', '[vera@northwind.example, carl@');
    await pushAgreement(await org.crm(), fileOf(text));
    await org.preview();
    const crm = await org.crm(org.people.vera);
    await signAgreement(crm, { party: 'sales', agreement: 'solo' });
    const refusal = await refusalOf(signAgreement(crm, { party: 'marketing', agreement: 'solo' }));
    expect(refusal.key).toBe('signed-both');
  });

  it('is pulled as a file that pushes as the same version', async () => {
    const crm = await org.crm();
    const pulled = await pullAgreement(crm, { agreement: 'Northwind' });
    expect(fileOf(pulled.text).hash).toBe(pulled.hash);
    expect(await pushAgreement(crm, fileOf(pulled.text))).toMatchObject({ version: 1, created: false });
  });

  it('leaves a file that says the same as it is, but for the lines that name the version', async () => {
    const pulled = await pullAgreement(await org.crm(), { agreement: 'Northwind' });
    const merged = mergeIntoFile('a.yaml', Buffer.from(`# by hand\n${agreementText()}`), pulled);
    const head = `# Northwind, version 1\n# sha-256 ${pulled.hash}\n`;
    expect(merged).toEqual({ text: `${head}# by hand\n${agreementText()}`, amendments: [], ahead: false });
  });

  it('is not pulled over a file of which nobody knows where it began', async () => {
    const pulled = await pullAgreement(await org.crm(), { agreement: 'Northwind' });
    for (const written of [`# by hand\n${agreementText('Northwind', 51)}`, 'name: [']) {
      const merging = (): unknown => mergeIntoFile('a.yaml', Buffer.from(written), pulled);
      expect(merging).toThrow(/does not say which version|not a valid agreement/);
    }
  });

  it('is not applied after somebody with the right to unfreeze changed its text', async () => {
    const { id } = await pushAgreement(await org.crm(), fileOf(agreementText()));
    const [version] = org.query(`SELECT Document__c FROM Accord_Agreement__c WHERE Id = '${id}'`);
    const tampered = String(version?.['Document__c']).replace('"atLeast":50', '"atLeast":5');
    const { running } = org;
    const set = org.add('PermissionSet', { Name: 'Unfreeze', Label: 'Unfreeze' });
    const [permission] = org.query("SELECT Id FROM CustomPermission WHERE DeveloperName = 'Accord_Unfreeze'");
    org.add('SetupEntityAccess', { ParentId: set, SetupEntityId: permission?.['Id'] });
    org.add('PermissionSetAssignment', { AssigneeId: org.admin.userId, PermissionSetId: set });
    const results = running.org.update(
      running.org.user(org.admin.userId),
      'Accord_Agreement__c',
      [{ Id: id, Document__c: tampered }],
      { allOrNone: true, autoAssign: false, apiVersion: 68 },
    );
    expect(results[0]?.errors).toEqual([]);
    const { inForce, versions } = await status();
    expect(inForce).toBeNull();
    expect(versions.find((each) => each.id === id)?.problems[0]).toContain('does not have the hash');
  });

  const newUser = (): Record<string, unknown> => ({
    LastName: 'Stranger',
    Alias: 'stranger',
    Username: 'stranger@northwind.example',
    Email: 'stranger@northwind.example',
    ProfileId: org.query("SELECT Id FROM Profile WHERE Name = 'Standard User'")[0]?.['Id'],
    TimeZoneSidKey: 'GMT',
    LocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    IsActive: true,
  });
});
