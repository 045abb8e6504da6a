import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { northwindCast, ownCast, type Cast } from './casts.ts';
import { readOptions, type DemoOptions } from './options.ts';
import { createUsers, raiseDailyLimit, signIn } from './org-users.ts';
import { firstLine, runCommand, startCommand, stopCommand, type Session } from './run-command.ts';

const options = readOptions(process.argv.slice(2));
const folder = mkdtempSync(join(tmpdir(), 'accord-demo-'));
const children: ChildProcess[] = [];
let stopping = false;

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0));

try {
  await run(options);
} catch (error) {
  if (!stopping) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    await stop(1);
  }
}

/** Everything a newcomer wants to see, by the same commands that an admin would type. */
async function run({ port, own }: DemoOptions): Promise<void> {
  const cast = own ? ownCast(own) : northwindCast();
  const admin = await step('Starting an embedded org', () => startOrg(port, cast));
  await raiseDailyLimit(admin);
  if (!cast.sample)
    await createUsers(
      admin,
      [...cast.sets.keys()].filter((name) => name !== admin.username),
    );
  await step('Installing the Accord package', () => runCommand(admin, installArguments(cast, own?.metadata)));
  if (own)
    await step('Importing your leads', () => runCommand(admin, ['import', '--file', own.data, '--map', own.map]));
  const proposer = await signIn(admin.instanceUrl, cast.signers.marketing);
  await step('Proposing the agreement', () => runCommand(proposer, ['agreement', 'push', '--file', cast.agreement]));
  const service = await signIn(admin.instanceUrl, cast.service);
  const environment = { ACCORD_STORE: join(folder, 'store.sqlite') };
  await step('Writing the preview that the signers open', () => runCommand(service, ['sync'], environment));
  for (const party of ['marketing', 'sales'] as const) {
    const signer = await signIn(admin.instanceUrl, cast.signers[party]);
    await step(`Signing for ${party} as ${signer.username}`, () =>
      runCommand(signer, ['agreement', 'sign', '--party', party, '--yes']),
    );
  }
  await step('Reading the CRM and deciding', () => runCommand(service, ['sync', '--lead-fields'], environment));
  watch(service, environment);
  process.stdout.write(readyText(admin.instanceUrl, cast));
}

async function startOrg(port: number, cast: Cast): Promise<Session> {
  const org = startCommand(['org', 'start', '--json', '--port', String(port), ...(cast.sample ? ['--sample'] : [])]);
  children.push(org);
  const session = readSession(await firstLine(org));
  org.once('exit', (code) => {
    if (stopping) return;
    process.stderr.write(`The embedded org stopped by itself (exit code ${code}).\n`);
    void stop(1);
  });
  return session;
}

/** The org's first line is its session as JSON; on failure it is the start of an error. */
function readSession(line: string): Session {
  try {
    return JSON.parse(line) as Session;
  } catch {
    throw new Error('The embedded org did not start; see above.');
  }
}

function installArguments(cast: Cast, metadata: string | undefined): string[] {
  const assignments = [...cast.sets].flatMap(([username, sets]) => ['--assign', `${username}=${sets.join(',')}`]);
  return ['install', ...(metadata ? ['--source-dir', metadata] : []), ...assignments];
}

/** Keeps verdicts current; ends with the demo. */
function watch(service: Session, environment: NodeJS.ProcessEnv): void {
  const { instanceUrl, accessToken } = service;
  const session = { ACCORD_INSTANCE_URL: instanceUrl, ACCORD_ACCESS_TOKEN: accessToken };
  const sync = startCommand(['sync', '--watch', '--interval', '2', '--lead-fields'], { ...environment, ...session });
  sync.stdout?.resume();
  sync.once('exit', (code) => {
    if (!stopping)
      process.stderr.write(`The sync stopped by itself (exit code ${code}); verdicts no longer follow changes.\n`);
  });
  children.push(sync);
}

async function step<Result>(title: string, work: () => Promise<Result>): Promise<Result> {
  const begin = Date.now();
  process.stderr.write(`→ ${title} …\n`);
  const result = await work();
  process.stderr.write(`✓ ${title} (${((Date.now() - begin) / 1000).toFixed(1)} s)\n`);
  return result;
}

function readyText(url: string, cast: Cast): string {
  const people = cast.sample
    ? 'Sign in there as ana@northwind.example (a rep), dev@northwind.example (a rep who may not see company size),\nvera@northwind.example (VP Sales) or mia@northwind.example (marketing operations).'
    : 'Sign in there as rep@accord.example, or as one of the signers.';
  return `\nAccord is ready at ${url}\n${people}\nChange a lead and its stage follows within seconds. README.md says how to point the commands at it. Ctrl-C stops everything.\n`;
}

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  // The sync ends before the org it talks to.
  for (const child of children.toReversed()) await stopCommand(child);
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
}
