import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const bin = join(import.meta.dirname, '..', '..', 'bin', 'run.js');

export type Finished = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

export type AccordOptions = {
  /** Private home of the command: nothing of the user's configuration gets in, and nothing stays behind. */
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
};

/** Runs `accord …` of the built package as a user would, with `home` as the current folder. */
export async function runAccord(args: readonly string[], { home, env = {} }: AccordOptions): Promise<Finished> {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [bin, 'accord', ...args], {
    cwd: home,
    env: { PATH, HOME: home, NO_COLOR: '1', SF_DISABLE_TELEMETRY: 'true', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => (text[name] += chunk));
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...text };
}
