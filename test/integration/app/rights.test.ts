import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proposeVersion } from '../../../src/app/agreement/change-status.ts';
import { pushAgreement } from '../../../src/app/agreement/push-agreement.ts';
import { readAgreementFile } from '../../../src/app/agreement/read-agreement-file.ts';
import { signAgreement } from '../../../src/app/agreement/sign-agreement.ts';
import type { Refusal } from '../../../src/app/refusal.ts';
import { refusalOf } from '../../support/refusal-of.ts';
import { AgreedOrg, agreementText } from './agreed-org.ts';

/** Ana is a rep, named as a signer without the right to sign. */
const file = readAgreementFile(
  Buffer.from(agreementText().replace('[VERA@', '[ana@northwind.example, VERA@')),
  'test.yaml',
);

describe('who lacks a right', () => {
  let org: AgreedOrg;
  beforeAll(async () => {
    org = await AgreedOrg.start();
  });
  afterAll(() => org[Symbol.asyncDispose]());

  const refused = async (work: Promise<unknown>): Promise<Refusal> => {
    const refusal = await refusalOf(work);
    expect(refusal.key).toBe('not-permitted');
    expect(refusal.message).not.toMatch(/[A-Z]+_[A-Z]+_/);
    return refusal;
  };

  it('is told which permission set gives it, when pushing', async () => {
    const refusal = await refused(pushAgreement(await org.crm(org.people.ana), file));
    expect(refusal.message).toContain('version 1 of Northwind: your user lacks the right, which each of these');
    expect(refusal.message).toContain('Accord_Marketing, Accord_Manager, Accord_Admin');
  });

  it('is told so, when proposing a draft of somebody else', async () => {
    await pushAgreement(await org.crm(), file, { draft: true });
    const refusal = await refused(proposeVersion(await org.crm(org.people.ana), {}));
    expect(refusal.message).toContain('did not let Northwind v1 be proposed');
    await proposeVersion(await org.crm(), {});
  });

  it('is told so, when signing', async () => {
    await org.preview();
    const refusal = await refused(signAgreement(await org.crm(org.people.ana), { party: 'sales' }));
    expect(refusal.message).toContain('Accord_Signer_Sales');
    expect(org.query('SELECT Id FROM Accord_Signature__c')).toEqual([]);
  });
});
