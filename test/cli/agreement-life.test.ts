import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgreedOrg, agreementText } from '../integration/app/agreed-org.ts';
import { resultOf, runAs, type Person } from '../support/command-line.ts';
import type { Finished } from '../support/run-accord.ts';

/** One org, one version after the other, in the order in which a team would type it. */
describe('the life of a version, by commands alone', () => {
  let org: AgreedOrg;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    // Commands read the machine's clock, so the org's must agree with it.
    org.orgClock.freezeAt(Date.now());
    org.orgClock.run();
    write('team.yaml', `# Ours.\n${agreementText()}`);
  });
  afterAll(() => org[Symbol.asyncDispose]());

  const write = (name: string, text: string): void => writeFileSync(join(org.folder, name), text);
  const read = (name: string): string => readFileSync(join(org.folder, name), 'utf8');
  const agreement = (args: readonly string[], who?: Person): Promise<Finished> =>
    runAs(org, ['agreement', ...args], who);

  it('drafts, proposes and signs what a signer has been shown', async () => {
    const draft = ['push', '--file', 'team.yaml', '--draft', '--json'];
    expect(resultOf('accord-agreement-push', await agreement([...draft, '--dry-run']))).toMatchObject({ id: null });
    expect(resultOf('accord-agreement-push', await agreement(draft))).toMatchObject({ version: 1, status: 'Draft' });
    const proposing = await agreement(['push', '--file', 'team.yaml', '--dry-run']);
    expect(proposing.stdout).toContain('Would propose Northwind version 1, a draft that says the same');
    const early = await agreement(['sign', '--party', 'sales', '--yes'], 'vera');
    expect(early.stderr).toContain('There is no version that waits to be signed for sales.');
    expect(resultOf('accord-agreement-propose', await agreement(['propose', '--json'], 'carl'))).toMatchObject({
      from: 'Draft',
      status: 'Proposed',
    });
    const unseen = await agreement(['sign', '--party', 'sales', '--yes'], 'vera');
    expect(unseen.stderr).toMatch(/There is no preview of Northwind v1 yet[\s\S]*sf accord sync/);
    await runAs(org, ['sync'], 'service');
    expect((await agreement(['sign', '--party', 'sales', '--yes'], 'vera')).stdout).toContain(
      'Preview of Northwind v1: ',
    );
    const { stdout } = await agreement(['status']);
    expect(stdout).toContain('waits for marketing: carl@northwind.example (preview opened by vera@northwind.example)');
    await agreement(['sign', '--party', 'marketing', '--yes'], 'carl');
    await runAs(org, ['sync'], 'service');
    expect((await agreement(['status'])).stdout).toContain('Northwind version 1 is kept, in the mode Observe.');
  });

  it('sets the mode as far as it is ready, and says why not further', async () => {
    const refused = await agreement(['mode', 'enforce'], 'vera');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /cannot be set to enforce: the service has found it ready for .*\n?[\s\S]*sf accord doctor/,
    );
    expect(refused.stderr).toContain('The org has to be measured for 14 days first');
    const same = resultOf('accord-agreement-mode', await agreement(['mode', 'observe', '--json'], 'vera'));
    expect(same).toMatchObject({ from: 'Observe', mode: 'Observe' });
  });

  it('amends the file that was pulled, says so in words, and keeps its comments', async () => {
    expect(resultOf('accord-agreement-pull', await agreement(['pull', '--file', 'team.yaml', '--json']))).toMatchObject(
      {
        written: true,
        amendments: [],
      },
    );
    write('team.yaml', read('team.yaml').replace('atLeast: 50', 'atLeast: 20'));
    const words = 'Marketing qualified lead: Employees: at least 50 → at least 20';
    expect((await agreement(['diff', 'team.yaml', '--against', 'current'])).stdout).toContain(words);
    expect((await agreement(['push', '--file', 'team.yaml'])).stdout).toContain(words);
    expect(read('team.yaml')).toMatch(/^# Northwind, version 2\n# sha-256 [0-9a-f]{64}\n# Ours\.\n/);
    const diff = resultOf('accord-agreement-diff', await agreement(['diff', '2', '--against', '1', '--json']));
    expect(diff).toMatchObject({ same: false, amendments: [{ path: 'stages.mql.when.all.employees' }] });
  });

  it('withdraws a proposal, goes back to an older text and lists all of it', async () => {
    const withdrawn = resultOf('accord-agreement-withdraw', await agreement(['withdraw', '--json'], 'vera'));
    expect(withdrawn).toMatchObject({ version: 2, from: 'Proposed' });
    const restored = resultOf('accord-agreement-restore', await agreement(['restore', '1', '--json']));
    expect(restored).toMatchObject({ version: 3, restored: 1 });
    const later = await agreement(['propose', '--effective', '2000-01-01']);
    expect(later.stderr).toContain('in the future');
    const never = await agreement(['propose', '--effective', 'soon']);
    expect(never).toMatchObject({ code: 2 });
    const list = resultOf('accord-agreement-list', await agreement(['list', '--json']));
    expect(list).toMatchObject({
      versions: [
        { version: 3, status: 'Draft' },
        { version: 2, status: 'Withdrawn' },
        { version: 1, status: 'In Force', current: true },
      ],
    });
    expect((await agreement(['list'])).stdout).toContain('Northwind v1');
  });
});
