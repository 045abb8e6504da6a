import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openStore } from '../../../src/store/open-store.ts';
import { temporaryFile } from './temporary-store.ts';

const script = fileURLToPath(new URL('./write-until-killed.ts', import.meta.url));

/** Starts the writer, kills it once it has answered for `transactions`, and returns the last one it answered for. */
async function writeAndKill(path: string, transactions: number): Promise<number> {
  const child: ChildProcess = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let last = -1;
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  lines.on('line', (line) => {
    last = Number(line);
    if (last === transactions) child.kill('SIGKILL');
  });
  await Promise.all([once(child, 'exit'), once(lines, 'close')]);
  return last;
}

it('keeps all that was answered for when the process is killed, nothing half, and frees the lease', async () => {
  await using file = await temporaryFile();
  const last = await writeAndKill(file.path, 12);
  expect(last).toBeGreaterThanOrEqual(12);
  const store = await openStore(file.path);
  const done = Number(await store.getNote('done'));
  expect(done).toBeGreaterThanOrEqual(last);
  expect(await store.mirror.count('Lead')).toBe((done + 1) * 200);
  expect(await store.outbox.pending()).toBe((done + 1) * 200);
  await (await store.leaseSync())[Symbol.asyncDispose]();
  await store.close();
});
