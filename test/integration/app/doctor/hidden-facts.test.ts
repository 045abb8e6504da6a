import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PortError } from '../../../../src/app/ports.ts';
import { AgreedOrg, agreementText } from '../agreed-org.ts';
import { examine, type ExamineOptions, idsOf } from './examined-org.ts';

const text = agreementText().replace('facts:', 'facts:\n  margin: { field: Lead.Margin__c }');

describe('doctor, of facts that are not restricted', () => {
  let org: AgreedOrg;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    await org.deployField(
      'Lead',
      '<fullName>Margin__c</fullName><label>Margin</label><type>Number</type><precision>6</precision><scale>0</scale>',
    );
  });
  afterAll(() => org[Symbol.asyncDispose]());

  const hidden = async (options: ExamineOptions) =>
    (await examine(org, options)).findings.filter(({ id }) => id.startsWith('facts-hidden'));

  it('names those that verdicts tell to users who may not read their field, until the agreement restricts them', async () => {
    const [found, ...others] = await hidden({ text });
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      id: 'facts-hidden:margin',
      severity: 'warns',
      evidence: ['margin: Lead.Margin__c is hidden from 3 of 4 users who may read verdicts'],
    });
    expect(found?.how).toContain('margin: { …, restricted: true }');
    const restricted = text.replace('Lead.Margin__c }', 'Lead.Margin__c, restricted: true }');
    expect(await hidden({ text: restricted })).toEqual([]);
  });

  it('says so where it may not look who may read a field', async () => {
    const answering: ExamineOptions['answering'] = (crm) => ({
      query: (soql, options) =>
        soql.includes('FROM FieldPermissions')
          ? Promise.reject(new PortError('missing', "sObject type 'FieldPermissions' is not supported."))
          : crm.query(soql, options),
    });
    expect(idsOf(await examine(org, { text, answering }))).toContain('facts-hidden-unseen');
  });

  it('names none once everybody who reads verdicts may read their field', async () => {
    const [set] = org.query("SELECT Id FROM PermissionSet WHERE Name LIKE 'See_Margin%'");
    for (const { userId } of [org.people.ana, org.people.vera, org.people.carl])
      org.add('PermissionSetAssignment', { AssigneeId: userId, PermissionSetId: set?.['Id'] });
    expect(await hidden({ text })).toEqual([]);
  });
});
