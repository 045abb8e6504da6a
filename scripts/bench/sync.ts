import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SyncSummary } from '../../src/app/sync/sync-summary.ts';
import { northwindCast } from '../demo/casts.ts';
import { createUsers, signIn } from '../demo/org-users.ts';
import { firstLine, runCommand, startCommand, stopCommand, type Session } from '../demo/run-command.ts';
import type { BenchRow } from './bench-row.ts';

type Timed = { readonly summary: SyncSummary; readonly seconds: number };

/** Full sync of a tenth and of all of `size` leads, and the unchanged run after it, each by the real command. */
export async function run({ size }: { readonly size: number }): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'accord-bench-'));
  const org = startCommand(['org', 'start', '--json', '--data-dir', join(folder, 'org')]);
  try {
    const admin = JSON.parse(await firstLine(org)) as Session;
    const service = await signedAgreement(admin);
    const environment = { ACCORD_STORE: join(folder, 'store.sqlite') };
    await importLeads(admin, folder, 0, Math.floor(size / 10));
    const small = await timedSync(service, environment, ['--full']);
    await importLeads(admin, folder, Math.floor(size / 10), size);
    rmSync(environment.ACCORD_STORE, { force: true });
    const full = await timedSync(service, environment, ['--full']);
    const again = await timedSync(service, environment, []);
    return toRows(size, small, full, again);
  } finally {
    await stopCommand(org);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function signedAgreement(admin: Session): Promise<Session> {
  const cast = northwindCast();
  await createUsers(
    admin,
    [...cast.sets.keys()].filter((username) => username !== admin.username),
  );
  const assignments = [...cast.sets].flatMap(([username, sets]) => ['--assign', `${username}=${sets.join(',')}`]);
  await runCommand(admin, ['install', ...assignments, '--json']);
  const marketing = await signIn(admin.instanceUrl, cast.signers.marketing);
  await runCommand(marketing, ['agreement', 'push', '--file', cast.agreement, '--json']);
  const service = await signIn(admin.instanceUrl, cast.service);
  // The service writes the preview that signers open; what is measured starts with a store of its own.
  await runCommand(service, ['sync', '--json'], { ACCORD_STORE: ':memory:' });
  await runCommand(marketing, ['agreement', 'sign', '--party', 'marketing', '--yes', '--json']);
  const sales = await signIn(admin.instanceUrl, cast.signers.sales);
  await runCommand(sales, ['agreement', 'sign', '--party', 'sales', '--yes', '--json']);
  return service;
}

const MAP = `object: Lead
columns:
  Last: LastName
  Company: Company
  Employees: NumberOfEmployees
  Country: Country
  Source: LeadSource
  Title: Title
  Email: Email
`;

async function importLeads(admin: Session, folder: string, from: number, to: number): Promise<void> {
  const csv = join(folder, `leads-${from}.csv`);
  const file = createWriteStream(csv);
  file.write('Last,Company,Employees,Country,Source,Title,Email\n');
  for (let row = from; row < to; row += 1) {
    const source = row % 3 === 0 ? 'Partner Referral' : 'Web';
    const line = `Last ${row},Company ${row % 997},${row % 400},Germany,${source},Buyer,person${row}@company${row % 997}.example\n`;
    if (!file.write(line)) await once(file, 'drain');
  }
  await new Promise((resolve) => file.end(() => resolve(undefined)));
  const map = join(folder, 'map.yaml');
  writeFileSync(map, MAP);
  await runCommand(admin, ['import', '--file', csv, '--map', map, '--json']);
}

async function timedSync(service: Session, environment: NodeJS.ProcessEnv, flags: readonly string[]): Promise<Timed> {
  const begin = performance.now();
  const { result } = JSON.parse(await runCommand(service, ['sync', ...flags, '--json'], environment)) as {
    result: SyncSummary;
  };
  return { summary: result, seconds: (performance.now() - begin) / 1000 };
}

function toRows(size: number, small: Timed, full: Timed, again: Timed): BenchRow[] {
  const at = (name: string, count: number): string => `${name}, ${count.toLocaleString('en')} leads`;
  const growth = full.seconds / small.seconds;
  const data = full.summary.judged / small.summary.judged;
  return [
    { name: at('full sync', small.summary.judged), value: small.seconds, unit: 's' },
    {
      name: at('full sync', size),
      value: full.seconds,
      unit: 's',
      ratio: growth,
      against: `a tenth of the data`,
      target: `at most ${data.toFixed(1)} ×`,
      ok: growth <= data,
    },
    {
      name: at('unchanged run: rows written', size),
      value: again.summary.written,
      unit: 'rows',
      target: 'none',
      ok: again.summary.written === 0,
    },
    {
      name: at('unchanged run', size),
      value: again.seconds,
      unit: 's',
      ratio: again.seconds / full.seconds,
      against: 'full sync',
    },
  ];
}
