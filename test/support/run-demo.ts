import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

export type Demo = {
  readonly instanceUrl: string;
  readonly output: () => string;
  /** Sends Ctrl-C and answers with the exit code. */
  stop(): Promise<number | null>;
};

/** Runs what `npm start` runs after its build, and waits until it says that it is ready. */
export async function runDemo(args: readonly string[], home: string): Promise<Demo> {
  const child = spawn(process.execPath, [join('scripts', 'demo', 'main.ts'), ...args], {
    cwd: root,
    env: { ...process.env, HOME: home, SF_DISABLE_TELEMETRY: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ready = new Promise<string>((resolve, reject) => {
    const read = (chunk: string): void => {
      output += chunk;
      const url = /Accord is ready at (http:\/\/localhost:\d+)/.exec(output)?.[1];
      if (url) resolve(url);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    void ended.then((code) => reject(new Error(`The demo ended with ${code}:\n${output}`)));
  });
  const instanceUrl = await ready;
  return {
    instanceUrl,
    output: () => output,
    stop() {
      child.kill('SIGINT');
      return ended;
    },
  };
}
