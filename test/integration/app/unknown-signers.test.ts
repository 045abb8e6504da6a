import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkAgainstOrg } from '../../../src/app/agreement/push-agreement.ts';
import { readAgreementFile } from '../../../src/app/agreement/read-agreement-file.ts';
import { updateRow } from '../../support/org-people.ts';
import { AgreedOrg, agreementText } from './agreed-org.ts';

describe('signers that an agreement names', () => {
  let org: AgreedOrg;
  beforeAll(async () => {
    org = await AgreedOrg.start();
  });
  afterAll(() => org[Symbol.asyncDispose]());

  const warnings = async (carl: string, vera = 'VERA@northwind.example') => {
    const text = agreementText().replace('carl@northwind.example', carl).replace('VERA@northwind.example', vera);
    return (await checkAgainstOrg(await org.crm(), readAgreementFile(Buffer.from(text), 'test.yaml'))).filter(
      ({ path }) => path.startsWith('parties'),
    );
  };

  it('are active users of the org, in whatever case they are written', async () => {
    expect(await warnings('Carl@Northwind.example')).toEqual([]);
  });

  it.each(['crl@northwind.example', 'carl@nortwind.example', 'karl@northwind.example'])(
    'are named where %s is none, with the username that was meant',
    async (written) => {
      const [warning, ...others] = await warnings(written);
      expect(others).toEqual([]);
      expect(warning).toMatchObject({ severity: 'warning', line: 4, path: 'parties.marketing.signers[0]' });
      expect(warning?.message).toContain(`${written} is no user of this org`);
      expect(warning?.suggestion).toBe('carl@northwind.example');
    },
  );

  it('are named when they have left, and each of several, also with signs that SOQL knows', async () => {
    updateRow(org.running.org, org.running.org.system(), 'User', { Id: org.people.vera.userId, IsActive: false });
    const found = await warnings("o'neil_%@nowhere.example");
    expect(found.map(({ message }) => message.split(',')[0])).toEqual([
      "o'neil_%@nowhere.example is no user of this org whom you can see",
      'VERA@northwind.example has left: the user is not active',
    ]);
  });
});
