import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgreedOrg, agreementText } from '../integration/app/agreed-org.ts';
import { runAccord, type Finished } from '../support/run-accord.ts';

const dayMs = 86_400_000;
const withOutcome = (employees: number): string =>
  `${agreementText('Northwind', employees)}outcome: { success: converted, value: Lead.AnnualRevenue }\n`;

describe('the commands that look at history', () => {
  let org: AgreedOrg;

  beforeAll(async () => {
    org = await AgreedOrg.start();
    const now = Date.now();
    for (let index = 0; index < 120; index++) {
      org.orgClock.freezeAt(now - (80 - index / 2) * dayMs);
      org.addLead({ NumberOfEmployees: index, LeadSource: index % 2 === 0 ? 'Web' : 'Other', AnnualRevenue: 1_000 });
    }
    org.orgClock.freezeAt(now);
    org.orgClock.run();
    writeFileSync(join(org.folder, 'draft.yaml'), withOutcome(100));
    await org.push(withOutcome(50));
  });
  afterAll(() => org[Symbol.asyncDispose]());

  const run = (args: readonly string[], user = org.people.service): Promise<Finished> => {
    const env = {
      ACCORD_INSTANCE_URL: org.running.instanceUrl,
      ACCORD_ACCESS_TOKEN: org.running.sessions.create(user.userId),
      ACCORD_STORE: join(org.folder, 'cli.sqlite'),
    };
    return runAccord(args, { home: org.folder, env });
  };

  it('say what to do while there is no store', async () => {
    const done = await run(['agreement', 'preview']);
    expect(done.code).toBe(1);
    expect(done.stderr).toContain('there is no history to replay');
    expect(done.stderr).toContain('accord sync');
  });

  it('preview a version and a file, in tables and as JSON, and save only as the service', async () => {
    expect((await run(['sync'])).stderr).not.toContain('Error');
    const shown = await run(['agreement', 'preview', '--by', 'source,week']);
    expect(shown.stderr).not.toContain('Error');
    expect(shown.stdout).toMatch(/^Under version 1: 70 reach Marketing qualified lead in 90 days/);
    expect(shown.stdout).toContain('data read on');
    for (const text of ['Inquiry', 'By source', 'By week', 'Hand-offs a week', 'Employees is at least 50', 'Ana']) {
      expect(shown.stdout).toContain(text);
    }
    const json = await run(['agreement', 'preview', 'draft.yaml', '--against', '1', '--last', '26w', '--json']);
    const { result } = JSON.parse(json.stdout) as { result: Record<string, unknown> };
    expect(result).toMatchObject({ people: 120, saved: null, dropped: { people: 50 }, added: { people: 0 } });
    expect(result['headline']).toBe(
      'Under the draft: 70 → 20 reach Marketing qualified lead in 182 days; 0 of the 50 dropped had succeeded.',
    );
    const saved = await run(['agreement', 'preview', '--save', '--json']);
    expect((JSON.parse(saved.stdout) as { result: { saved: string } }).result.saved).toMatch(/^\w{18}$/);
    const refused = await run(['agreement', 'preview', '--save'], org.people.carl);
    expect(refused.code).toBe(1);
  });

  it('refuse a period that is none and a version that is none', async () => {
    for (const args of [
      ['--last', 'soon'],
      ['--from', '2026-13-01'],
      ['--against', 'yesterday'],
      ['--version', '9'],
    ]) {
      const done = await run(['agreement', 'preview', ...args]);
      expect([1, 2]).toContain(done.code);
      expect(done.stderr).toMatch(/Error/);
      expect(done.stderr).not.toContain('    at ');
    }
  });

  it('suggest nothing where no change is better than noise', async () => {
    const done = await run(['agreement', 'suggest']);
    expect(done.stderr).not.toContain('Error');
    expect(done.stdout).toMatch(
      /Of 120 leads: .*\nNo change of a single condition is better than noise \(\d+ tried\)\./,
    );
  });
});
