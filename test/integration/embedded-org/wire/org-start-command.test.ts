import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BASE } from './running-org.ts';

const ROOT = new URL('../../../../', import.meta.url).pathname;
const RUN = `
  const { default: OrgStart } = await import('${ROOT}src/commands/accord/org/start.ts');
  const { handle } = await import('@oclif/core');
  try { await OrgStart.run(process.argv.slice(1), '${ROOT}'); } catch (error) { await handle(error); }`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'accord-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The command in a process of its own, whose temporary files lie in the test's folder. */
function start(...flags: string[]): ChildProcess {
  const args = ['--input-type=module', '--eval', RUN, '--', ...flags];
  const env = {
    ...process.env,
    TMPDIR: folder,
    HOME: folder,
    SF_DISABLE_TELEMETRY: 'true',
    SF_DISABLE_LOG_FILE: 'true',
  };
  return spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

type Started = { readonly instanceUrl: string; readonly accessToken: string; readonly username: string };

async function firstLine(child: ChildProcess): Promise<string> {
  const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
  return line;
}

async function ready(child: ChildProcess): Promise<Started> {
  return JSON.parse(await firstLine(child)) as Started;
}

async function output(child: ChildProcess): Promise<{ code: number | null; stdout: string }> {
  let stdout = '';
  child.stdout!.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout };
}

describe('accord org start', () => {
  it('prints one line of JSON once it accepts requests, and leaves nothing behind when told to stop', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const child = start('--json');
      const ended = output(child);
      const { instanceUrl, accessToken, username } = await ready(child);
      expect(username).toBe('admin@accord.example');
      const limits = await fetch(`${instanceUrl}${BASE}/limits`, {
        headers: { authorization: `Bearer ${accessToken}` },
      });
      expect(limits.status).toBe(200);
      child.kill(signal);
      const { code, stdout } = await ended;
      expect([code, stdout.trim().split('\n').length]).toEqual([0, 1]);
      expect(readdirSync(folder).filter((name) => name.startsWith('accord-org-'))).toEqual([]);
    }
  });

  it('fails on demand only when started with --faults', async () => {
    for (const [flags, status] of [
      [['--faults'], 200],
      [[], 404],
    ] as const) {
      const child = start('--json', ...flags);
      const { instanceUrl, accessToken } = await ready(child);
      const headers = { authorization: `Bearer ${accessToken}` };
      expect((await fetch(`${instanceUrl}/services/embedded/faults`, { headers })).status).toBe(status);
      child.kill('SIGTERM');
      await once(child, 'close');
    }
  });

  it('tells which port is in use', async () => {
    const child = start('--json');
    const { instanceUrl } = await ready(child);
    const { port } = new URL(instanceUrl);
    const second = await output(start('--json', '--port', port));
    expect(second.code).toBe(1);
    expect(JSON.parse(second.stdout)).toMatchObject({ name: 'PortInUseError', message: `Port ${port} is in use.` });
    child.kill('SIGTERM');
    await once(child, 'close');
  });

  it('lets one process at a time use a data folder, and takes over after a crash with every record kept', async () => {
    const dataDir = join(folder, 'data');
    const first = start('--json', '--data-dir', dataDir);
    const { instanceUrl, accessToken } = await ready(first);
    const refused = await output(start('--json', '--data-dir', dataDir));
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({ name: 'DataFolderInUseError' });
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ LastName: 'Ames', Company: 'Acme' });
    const created = await fetch(`${instanceUrl}${BASE}/sobjects/Lead`, { method: 'POST', headers, body });
    expect(created.status).toBe(201);
    const form = new FormData();
    form.append('json', JSON.stringify({ deployOptions: {} }));
    form.append('file', new Blob(['no zip']), 'deploy.zip');
    const path = `${BASE}/metadata/deployRequest`;
    const { authorization } = headers;
    const sent = await fetch(`${instanceUrl}${path}`, { method: 'POST', headers: { authorization }, body: form });
    const { id } = (await sent.json()) as { id: string };
    first.kill('SIGKILL');
    await once(first, 'close');
    const second = start('--json', '--data-dir', dataDir);
    const again = await ready(second);
    const found = await fetch(`${again.instanceUrl}${BASE}/query?q=SELECT+LastName+FROM+Lead`, {
      headers: { authorization: `Bearer ${again.accessToken}` },
    });
    expect(await found.json()).toMatchObject({ totalSize: 1, records: [{ LastName: 'Ames' }] });
    const deployment = await fetch(`${again.instanceUrl}${path}/${id}`, {
      headers: { authorization: `Bearer ${again.accessToken}` },
    });
    expect(await deployment.json()).toMatchObject({ id, deployResult: { id, done: true, success: false } });
    second.kill('SIGTERM');
    await once(second, 'close');
    expect(existsSync(join(dataDir, 'org.db'))).toBe(true);
  });
});
