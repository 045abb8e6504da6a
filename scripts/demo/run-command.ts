import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const BIN = join(import.meta.dirname, '..', '..', 'bin', 'run.js');

/** Whose session a command runs in. */
export type Session = { readonly instanceUrl: string; readonly accessToken: string; readonly username: string };

/** Starts `accord …` as a child that outlives this call; its stdout is piped. */
export function startCommand(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [BIN, 'accord', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NO_UPDATE_NOTIFIER: '1', SF_DISABLE_TELEMETRY: 'true', ...env },
    // A group of its own: Ctrl-C in the terminal must reach only the demo, which then stops its children in order.
    detached: process.platform !== 'win32',
  });
}

/** Runs `accord …` in a session to its end; throws with the command line when it fails. */
export async function runCommand(
  session: Session,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const child = startCommand(args, {
    ACCORD_INSTANCE_URL: session.instanceUrl,
    ACCORD_ACCESS_TOKEN: session.accessToken,
    ...env,
  });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`accord ${args.join(' ')} (as ${session.username}) ended with ${code}.\n${output}`);
  return output;
}

/** Waits for the first line a child prints; throws when it ends before. */
export async function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The embedded org ended with ${code} before it was ready.`)));
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
    });
  });
}

/** Asks a child to stop and waits until it has; kills it when it has not after ten seconds. */
export async function stopCommand(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(force);
}
