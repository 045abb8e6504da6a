import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgreedOrg, agreementText } from '../integration/app/agreed-org.ts';
import { resultOf, runAs, type Person } from '../support/command-line.ts';
import { resultSchemas } from '../support/result-schemas.ts';
import { runAccord, type Finished } from '../support/run-accord.ts';

const map = `object: Lead
columns:
  Name: LastName
  Firm: Company
  Size: NumberOfEmployees
`;

describe('the commands', () => {
  let org: AgreedOrg;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    // Commands read the machine's clock, so the org's must agree with it.
    org.orgClock.freezeAt(Date.now());
    org.orgClock.run();
    write('good.yaml', agreementText());
    write(
      'bad.yaml',
      agreementText()
        .replace('Lead.NumberOfEmployees', 'Lead.NumberOfEmploys')
        .replace('timeZone: UTC', 'timeZone: UTCC'),
    );
    write('broken.yaml', 'accord: 1\nname: "no end\n');
    write('map.yaml', map);
    write('good.csv', 'Name,Firm,Size\nLovelace,Engines,60\nHopper,Compilers,3\n');
    write('bad.csv', 'Name,Firm,Size\nLovelace,Engines,many\nHopper,Compilers,3\n');
    write('quote.csv', 'Name,Firm,Size\nLovelace,"Engines,60\n');
  });
  afterAll(() => org[Symbol.asyncDispose]());

  const write = (name: string, text: string): void => writeFileSync(join(org.folder, name), text);

  const run = (args: readonly string[], who?: Person): Promise<Finished> => runAs(org, args, who);

  it.each([
    'install',
    'doctor',
    'import',
    'sync',
    'explain',
    'signals import',
    'signals erase',
    'agreement schema',
    'agreement validate',
    'agreement import',
    'agreement push',
    'agreement pull',
    'agreement diff',
    'agreement propose',
    'agreement sign',
    'agreement status',
    'agreement list',
    'agreement mode',
    'agreement withdraw',
    'agreement restore',
  ])('%s has help with examples', async (command) => {
    const { code, stdout } = await runAccord([...command.split(' '), '--help'], { home: org.folder });
    expect(code).toBe(0);
    expect(stdout).toMatch(/USAGE[\s\S]*FLAGS[\s\S]*DESCRIPTION[\s\S]*EXAMPLES/);
  });

  it('a command without a connection says how to connect', async () => {
    const { code, stderr } = await runAccord(['agreement', 'status'], { home: org.folder });
    expect(code).toBe(1);
    expect(stderr).toContain('The command needs an org to connect to.');
    expect(stderr).toContain('--target-org');
  });

  it('a command with a token that has expired says what to do', async () => {
    const env = { ACCORD_INSTANCE_URL: org.running.instanceUrl, ACCORD_ACCESS_TOKEN: '00D000000000001!expired' };
    const { code, stderr } = await runAccord(['agreement', 'status'], { home: org.folder, env });
    expect(code).toBe(1);
    expect(stderr).toContain('Sign in again');
    expect(stderr).not.toContain('expired!');
  });

  it('agreement validate names lines and exits with 2', async () => {
    const good = await runAccord(['agreement', 'validate', 'good.yaml'], { home: org.folder });
    expect(good).toMatchObject({ code: 0, stderr: '' });
    const bad = await runAccord(['agreement', 'validate', 'bad.yaml'], { home: org.folder });
    expect(bad.code).toBe(2);
    expect(bad.stderr).toMatch(/bad\.yaml:3:\d+ error timeZone/);
    const broken = await runAccord(['agreement', 'validate', 'broken.yaml'], { home: org.folder });
    expect(broken.code).toBe(2);
    expect(broken.stderr).toMatch(/broken\.yaml:\d+:\d+ error: /);
    const missing = await runAccord(['agreement', 'validate', 'missing.yaml'], { home: org.folder });
    expect(missing).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no file missing.yaml.') as string,
    });
  });

  it('install brings the package up to date and says so', async () => {
    const done = resultOf('accord-install', await run(['install', '--assign-me', '--json']));
    expect(done).toMatchObject({ upgraded: true, dryRun: false });
  });

  it('signals import keeps what may be kept, names the lines that are no calls, and signals erase forgets a person', async () => {
    const call = { type: 'page', messageId: 'm-1', timestamp: new Date().toISOString(), properties: { path: '/' } };
    const of = (email: string) => JSON.stringify({ ...call, context: { consent: true, traits: { email } } });
    const lead = org.addLead({ Email: 'cli@buyer.example' });
    write('calls.ndjson', `${of('cli@buyer.example')}\n${of('nobody@buyer.example')}\nno call\n`);
    const wrong = await run(['signals', 'import', 'calls.ndjson', '--keep', 'long']);
    expect(wrong.stderr).toContain('"long" is no span of time');
    const done = await run(['signals', 'import', 'calls.ndjson', '--json']);
    expect(done.code).toBe(3);
    const { result } = JSON.parse(done.stdout) as { result: unknown };
    expect(resultSchemas['accord-signals-import'].parse(result)).toMatchObject({
      rows: 3,
      added: 1,
      unmatched: 1,
      malformed: 1,
      rejects: 'calls.ndjson.rejects.csv',
    });
    expect(readFileSync(join(org.folder, 'calls.ndjson.rejects.csv'), 'utf8')).toContain('"no call"');
    const erased = resultOf('accord-signals-erase', await run(['signals', 'erase', '--lead', lead, '--json']));
    expect(erased).toEqual({ leadId: lead, erased: 1 });
  });

  it('import writes a file, refuses a bad one whole, and keeps the rows it left out', async () => {
    const args = ['--map', 'map.yaml', '--json'];
    const good = resultOf('accord-import', await run(['import', '--file', 'good.csv', ...args]));
    expect(good).toMatchObject({ rows: 2, created: 2, rejects: null });
    const bad = await run(['import', '--file', 'bad.csv', '--map', 'map.yaml']);
    expect(bad.code).toBe(2);
    expect(bad.stderr).toContain('bad.csv:2: "Size": "many" is not a whole number');
    expect((await run(['import', '--file', 'quote.csv', '--map', 'map.yaml'])).stderr).toContain(
      'quote.csv:2: The quote',
    );
    const skipped = await run(['import', '--file', 'bad.csv', '--skip-bad-rows', '--map', 'map.yaml']);
    expect(skipped.code).toBe(3);
    expect(readFileSync(join(org.folder, 'bad.rejects.csv'), 'utf8')).toBe(
      '"Name","Firm","Size","Accord line","Accord reason"\n' +
        '"Lovelace","Engines","many","2","""Size"": ""many"" is not a whole number, as NumberOfEmployees needs."\n',
    );
  });

  it('import --preview says what a list would become, and writes nothing', async () => {
    const args = ['import', '--file', 'good.csv', '--map', 'map.yaml', '--preview', '--agreement', 'good.yaml'];
    const before = org.query('SELECT COUNT(Id) n FROM Lead');
    const preview = resultOf('accord-import', await run([...args, '--json']));
    expect(preview).toMatchObject({ rows: 2, bad: 0, agreement: { name: 'Northwind', version: null } });
    const { code, stdout } = await run(args);
    expect(code).toBe(0);
    expect(stdout).toContain('  Marketing qualified lead: 1\n');
    expect(stdout).toContain('  employees (Lead.NumberOfEmployees): 2 of 2\n');
    expect(org.query('SELECT COUNT(Id) n FROM Lead')).toEqual(before);
    const bad = await run(args.map((each) => (each === 'good.csv' ? 'bad.csv' : each)));
    expect(bad.code).toBe(3);
    const none = await run(args.slice(0, -2));
    expect(none.code).toBe(1);
    expect(none.stderr).toContain('No agreement is in force: name a file with --agreement.');
  });

  it('agreement import drafts a valid agreement and overwrites nothing', async () => {
    write('scores.csv', 'Property,Operator,Value,Points\nIndustry,is,Banking,50\nAura,is,Blue,9\n');
    const args = [
      'agreement',
      'import',
      '--from-org',
      '--scores',
      'scores.csv',
      '--output',
      'draft.yaml',
      '--threshold',
      '40',
    ];
    const done = await run(args);
    expect(done.code).toBe(0);
    expect(done.stderr).toContain('Line 3 of the score table (Aura is Blue) was left out.');
    expect(done.stdout).toContain('in draft.yaml: 4 stages, 3 facts.');
    expect(await runAccord(['agreement', 'validate', 'draft.yaml'], { home: org.folder })).toMatchObject({ code: 0 });
    const again = await run(args);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('draft.yaml exists already.');
    const forced = resultOf(
      'accord-agreement-import',
      await run([...args.slice(0, 2), '--from-org', '--output', 'draft.yaml', '--force', '--json']),
    );
    expect(forced).toMatchObject({ file: 'draft.yaml', taken: 0, leftOut: [] });
    const nothing = await run(['agreement', 'import']);
    expect(nothing.code).toBe(2);
    expect(nothing.stderr).toContain('Name something to start from: --from-org, --scores, or both.');
  });

  it('doctor names what is in the way, who puts it right, and fails only when it is asked to', async () => {
    const { code, stdout, stderr } = await run(['doctor', '--agreement', 'good.yaml']);
    expect({ code, stderr: stderr.split('\n').filter((line) => !line.startsWith('Examining')) }).toEqual({
      code: 0,
      stderr: [''],
    });
    expect(stdout).toContain('! The org knows no coming holiday, so clocks would run on holidays.\n');
    expect(stdout).toContain('    → administrator: Setup → Holidays → New');
    expect(stdout).toContain('Ready for: Observe\n  ✗ Both parties have to sign first.\n');
    const strict = await run(['doctor', '--strict', '--json']);
    expect(strict.code).toBe(1);
    expect(
      resultSchemas['accord-doctor'].parse((JSON.parse(strict.stdout) as { result: unknown }).result),
    ).toMatchObject({
      agreement: null,
      readiness: { readyFor: 'Observe' },
    });
  });

  it('sync without a signed version does nothing and says so', async () => {
    const { code, stdout } = await run(['sync'], 'service');
    expect(code).toBe(0);
    expect(stdout).toContain('No agreement is in force, so nothing was judged and nothing was written.');
  });

  it('push, sign, sync, explain, status and pull go from a file to a verdict', async () => {
    const pushed = resultOf('accord-agreement-push', await run(['agreement', 'push', '--file', 'good.yaml', '--json']));
    expect(pushed).toMatchObject({ version: 1, created: true });
    await run(['sync'], 'service');
    const silent = await run(['agreement', 'sign', '--party', 'marketing'], 'carl');
    expect(silent.stderr).toContain('add --yes where nobody can be asked');
    await run(['agreement', 'sign', '--party', 'marketing', '--yes'], 'carl');
    const wrong = await run(['agreement', 'sign', '--party', 'sales', '--yes'], 'carl');
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('is not a signer of sales');
    const sign = ['agreement', 'sign', '-p', 'sales', '--json'];
    const would = resultOf('accord-agreement-sign', await run([...sign, '--dry-run'], 'vera'));
    expect(would).toMatchObject({ id: null, dryRun: true, complete: false });
    const signed = resultOf('accord-agreement-sign', await run([...sign, '--yes'], 'vera'));
    expect(signed).toMatchObject({ complete: true });

    const dry = resultOf('accord-sync', await run(['sync', '--dry-run', '--json'], 'service'));
    expect(dry).toMatchObject({ dryRun: true, written: 0, judged: 4 });
    const synced = resultOf('accord-sync', await run(['sync', '--json'], 'service'));
    expect(synced).toMatchObject({ agreement: { version: 1 }, written: 4, failed: 0 });

    const [mql] = org.query("SELECT Lead_Id__c FROM Accord_Lead_State__c WHERE Stage__c = 'mql'");
    const explained = resultOf('accord-explain', await run(['explain', String(mql?.['Lead_Id__c']), '--json']));
    expect(explained).toMatchObject({ lead: 'Lovelace', stage: { id: 'mql' } });
    const status = resultOf('accord-agreement-status', await run(['agreement', 'status', '--json']));
    expect(status).toMatchObject({ inForce: { agreement: 'Northwind', version: 1 } });

    const pulled = resultOf('accord-agreement-pull', await run(['agreement', 'pull', '--json']));
    expect(pulled).toMatchObject({ file: 'northwind.agreement.yaml' });
    write('northwind.agreement.yaml', agreementText('Northwind', 99));
    expect((await run(['agreement', 'pull'])).stderr).toContain('does not say which version it is based on');
    const valid = await run(['agreement', 'validate', 'good.yaml', '--json']);
    expect(resultOf('accord-agreement-validate', valid)).toMatchObject({ valid: true, problems: [] });
  });
});
