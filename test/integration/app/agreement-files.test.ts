import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { baseHashOf } from '../../../src/app/agreement/file-header.ts';
import { mergeIntoFile, type MergedFile } from '../../../src/app/agreement/merge-into-file.ts';
import { pullAgreement } from '../../../src/app/agreement/pull-agreement.ts';
import { pushAgreement, type PushOptions, type PushSummary } from '../../../src/app/agreement/push-agreement.ts';
import { readAgreementFile } from '../../../src/app/agreement/read-agreement-file.ts';
import { restoreVersion } from '../../../src/app/agreement/restore-version.ts';
import type { Store } from '../../../src/app/ports.ts';
import { createVersion } from '../../../src/app/agreement/write-version.ts';
import { refusalOf } from '../../support/refusal-of.ts';
import { AgreedOrg, agreementText } from './agreed-org.ts';

describe('an agreement in git and in the org', () => {
  let org: AgreedOrg;
  beforeAll(async () => {
    org = await AgreedOrg.start();
  });
  afterAll(() => org[Symbol.asyncDispose]());

  const push = async (text: string, options: PushOptions = {}): Promise<PushSummary> =>
    pushAgreement(await org.crm(), readAgreementFile(Buffer.from(text), 'mine.yaml'), options);
  const pull = async (existing: string, version?: number): Promise<MergedFile> =>
    mergeIntoFile(
      'mine.yaml',
      Buffer.from(existing),
      await pullAgreement(await org.crm(), { version, findBase: async () => baseHashOf(existing) }),
    );
  const versions = (): number => org.query('SELECT Id FROM Accord_Agreement__c').length;

  /** The same file as two people have it after their first pull. */
  let file: string;

  it('is pushed dry first, which says the version it would be and writes nothing', async () => {
    expect(await push(agreementText(), { dryRun: true })).toMatchObject({ id: null, version: 1, dryRun: true });
    expect(versions()).toBe(0);
    await push(agreementText());
    file = (await pull(`# Ours.\n${agreementText().replace('highestMode', '# As high as it goes.\nhighestMode')}`))
      .text;
    expect(file).toMatch(/^# Northwind, version 1\n# sha-256 [0-9a-f]{64}\n# Ours\.\n/);
  });

  it('says in words what a push changes', async () => {
    const { version, amendments } = await push(file.replace('atLeast: 50', 'atLeast: 20'));
    expect(version).toBe(2);
    expect(amendments).toEqual(['Marketing qualified lead: Employees: at least 50 → at least 20']);
  });

  it('is not pushed by one who has not seen what somebody else pushed', async () => {
    const refusal = await refusalOf(push(file.replace('timeZone: UTC', 'timeZone: Europe/Rome')));
    expect(refusal.key).toBe('version-behind');
    expect(refusal.message).toContain('based on Northwind v1, and Northwind v2 was pushed since by admin@');
    expect(refusal.message).toContain('"sf accord agreement pull --version 2 --file mine.yaml"');
    expect(refusal.details).toEqual(['Marketing qualified lead: Employees: at least 50 → at least 20']);
    expect(versions()).toBe(2);
  });

  it('brings what the org has changed into the file, beside its own changes and comments', async () => {
    const mine = file.replace('timeZone: UTC', 'timeZone: Europe/Rome');
    const merged = await pull(mine);
    expect(merged.amendments).toEqual(['Marketing qualified lead: Employees: at least 50 → at least 20']);
    expect(merged.ahead).toBe(true);
    const body = mine.replace('atLeast: 50', 'atLeast: 20').replace(/^.*\n.*\n/, '');
    expect(merged.text).toMatch(/^# Northwind, version 2\n# sha-256 /);
    expect(merged.text.endsWith(body)).toBe(true);
    expect(await push(merged.text)).toMatchObject({ version: 3, amendments: ['Time zone: UTC → Europe/Rome'] });
  });

  it('names each place that both sides have changed differently', async () => {
    const refusal = await refusalOf(pull(file.replace('atLeast: 50', 'atLeast: 70')));
    expect(refusal.key).toBe('merge-conflict');
    expect(refusal.details).toEqual([
      'stages.mql.when.all.employees.employees.atLeast: mine.yaml says 70, version 3 in the org says 20, version 1 said 50.',
    ]);
  });

  it('is not joined to what is no valid agreement, though no place was changed twice', async () => {
    const withUse = file.replace('all: [ {', 'all: [ { responses: { atLeast: 1 } }, {');
    const without = (await pull(file)).text
      .replace(/ {2}responses: .*\n/, '')
      .replace(', { responses: { atLeast: 1 } }', '');
    await push(without);
    const refusal = await refusalOf(pull(withUse));
    expect(refusal.key).toBe('merge-conflict');
    expect(refusal.details.join()).toContain('responses');
  });

  it('is refused where YAML aliases hide which places a change would touch', async () => {
    const aliased = file
      .replace('{ atLeast: 50 }', '&bound { atLeast: 50 }')
      .replace('responses: { atLeast: 1 } }', 'employees: *bound }');
    const [first = ''] = /^.*\n.*\n/.exec(file) ?? [];
    const based = `${first.replace(/[0-9a-f]{64}/, readAgreementFile(Buffer.from(aliased), 'a').hash)}${aliased.replace(first, '')}`;
    expect((await refusalOf(pull(based))).message).toMatch(/aliases|valid/);
  });

  it('goes back to an older text as a new draft, which a push of that text proposes', async () => {
    const restored = await restoreVersion(await org.crm(), { version: 1 });
    expect(restored).toMatchObject({ version: 5, restored: 1, comparedWith: 'Northwind v4' });
    expect(restored.amendments).toContain('Marketing qualified lead: Employees: at least 20 → at least 50');
    expect((await refusalOf(restoreVersion(await org.crm(), { version: 1 }))).key).toBe('wrong-status');
    expect(await push(agreementText())).toMatchObject({ id: restored.id, status: 'Proposed', created: false });
  });

  it('becomes one version when two people push the same one at once', async () => {
    const { document, hash } = readAgreementFile(Buffer.from(agreementText('Northwind', 1)), 'mine.yaml');
    const next = { name: 'Northwind', slug: 'northwind', version: 9, status: 'Proposed', document, hash } as const;
    const crm = await org.crm();
    const both = await Promise.allSettled([createVersion(crm, next), createVersion(crm, next)]);
    const [won, lost] = both.toSorted((a, b) => a.status.localeCompare(b.status));
    expect([won, lost]).toMatchObject([{ status: 'fulfilled' }, { reason: { key: 'version-taken' } }]);
    expect(org.query("SELECT Id FROM Accord_Agreement__c WHERE Key__c = 'northwind:9'")).toHaveLength(1);
  });
});

describe('a file that is based on a newer version than the one in force', () => {
  it('gets what a colleague has pushed since, and not the older text that is in force', async () => {
    await using org = await AgreedOrg.start();
    await using store = await opened(org);
    const crm = await org.crm();
    const push = (text: string): Promise<PushSummary> =>
      pushAgreement(crm, readAgreementFile(Buffer.from(text), 'carl.yaml'));
    const pull = async (existing: string): Promise<MergedFile> => {
      const pulled = await pullAgreement(crm, { findBase: async () => baseHashOf(existing) });
      return mergeIntoFile('carl.yaml', Buffer.from(existing), pulled);
    };
    await push(agreementText());
    await org.sign();
    await org.sync(store);
    await push(agreementText('Northwind', 40));
    const carls = (await pullAgreement(crm, { version: 2 })).text;
    await push(carls.replace('atLeast: 40', 'atLeast: 30'));

    const mine = carls.replace('timeZone: UTC', 'timeZone: Europe/Rome');
    expect((await refusalOf(push(mine))).message).toContain('pull --version 3 --file carl.yaml');
    const merged = await pull(mine);
    expect(merged.text).toMatch(/^# Northwind, version 3\n/);
    expect(merged.amendments).toEqual(['Marketing qualified lead: Employees: at least 40 → at least 30']);
    expect(await push(merged.text)).toMatchObject({ version: 4, amendments: ['Time zone: UTC → Europe/Rome'] });
    // What is restored would follow the version in force, so it is compared with that and not with a newer proposal.
    expect(await restoreVersion(crm, { version: 2 }, { dryRun: true })).toMatchObject({
      version: 5,
      comparedWith: 'Northwind v1',
      amendments: ['Marketing qualified lead: Employees: at least 50 → at least 40'],
    });
  });
});

async function opened(org: AgreedOrg): Promise<Store & AsyncDisposable> {
  const store = await org.openStore();
  return Object.assign(store, { [Symbol.asyncDispose]: () => store.close() });
}
