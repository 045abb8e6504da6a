import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { proposeVersion } from '../../../../src/app/agreement/change-status.ts';
import { restoreVersion } from '../../../../src/app/agreement/restore-version.ts';
import { signAgreement } from '../../../../src/app/agreement/sign-agreement.ts';
import type { Store } from '../../../../src/app/ports.ts';
import { AgreedOrg } from '../agreed-org.ts';

describe('a version with the text of an earlier one', () => {
  let org: AgreedOrg;
  let store: Store;

  beforeEach(async () => {
    org = await AgreedOrg.start();
    store = await org.openStore();
  });

  afterEach(async () => {
    await store.close();
    await org[Symbol.asyncDispose]();
  });

  it('is signed under a preview of its own, which names it', async () => {
    await org.push();
    await org.sync(store);
    await org.sign();
    await org.sync(store);
    await restoreVersion(await org.crm(), { version: 1 });
    await proposeVersion(await org.crm(), { version: 2 });
    const sign = async (dryRun: boolean) =>
      signAgreement(await org.crm(org.people.carl), { party: 'marketing', dryRun });
    await expect(sign(true)).rejects.toThrow('There is no preview of Northwind v2 yet');
    org.orgClock.advance(1_000);
    await org.sync(store);
    expect((await sign(false)).preview).toMatch(/^Under version 2: /);
  });
});
