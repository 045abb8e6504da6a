import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const fallback = join(import.meta.dirname, '..', '..', '.cache/sf-cli/node_modules/@salesforce/cli/bin/run.js');
const entry = process.env['ACCORD_TEST_SF_CLI'] || fallback;

/** Where the package of the CLI lies, and beside it those of its plugins. */
export const sfCliFolder = join(dirname(entry), '..');

/** What keeps the CLI from the network, from the machine's keychain and from the user's own settings. */
const SETTINGS = {
  SF_DISABLE_TELEMETRY: 'true',
  SF_AUTOUPDATE_DISABLE: 'true',
  SF_SKIP_NEW_VERSION_CHECK: 'true',
  SF_DISABLE_LOG_FILE: 'true',
  SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  SF_HIDE_RELEASE_NOTES: 'true',
  NO_COLOR: '1',
};

export type SfOutput = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** What a command printed with `--json`. */
export type SfJson = {
  readonly status: number;
  readonly result: unknown;
  readonly name?: string;
  readonly message?: string;
  readonly exitCode?: number;
  readonly warnings?: readonly string[];
};

/** The unmodified Salesforce CLI with a home and a working folder of its own, which go with it. */
export class SfCli {
  readonly folder = mkdtempSync(join(tmpdir(), 'accord-sf-'));
  readonly #env: Readonly<Record<string, string>>;

  constructor(env: Readonly<Record<string, string>> = {}) {
    this.#env = env;
  }

  /** A CLI that acts in an org without a login: the environment names the org, `-o` the session. */
  static for(org: { readonly instanceUrl: string }): SfCli {
    return new SfCli({ SF_ORG_INSTANCE_URL: org.instanceUrl });
  }

  /** Runs a command in the CLI's folder, whatever it ends with. */
  run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<SfOutput> {
    const options = { cwd: this.folder, env: this.#environment(env), maxBuffer: 256 * 1024 * 1024 };
    return new Promise((resolve, reject) => {
      execFile(process.execPath, [entry, ...args], options, (error, stdout, stderr) => {
        if (error && typeof error.code !== 'number') reject(error);
        else resolve({ code: Number(error?.code ?? 0), stdout, stderr });
      });
    });
  }

  /** Runs a command with `--json` and reads what it printed, success or failure. */
  async json(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<SfJson> {
    const { stdout, stderr } = await this.run([...args, '--json'], env);
    const text = stdout.trim() || stderr;
    try {
      return JSON.parse(text) as SfJson;
    } catch (cause) {
      throw new Error(`sf ${args.join(' ')} printed no JSON:\n${stdout}${stderr}`, { cause });
    }
  }

  /** The result of a command that must go well. */
  async result<Result>(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Result> {
    const answer = await this.json(args, env);
    if (answer.status !== 0) throw new Error(`sf ${args.join(' ')}: ${answer.name ?? ''} ${answer.message ?? ''}`);
    return answer.result as Result;
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #environment(more: Readonly<Record<string, string>>): Record<string, string> {
    const home = { HOME: this.folder, USERPROFILE: this.folder, XDG_DATA_HOME: join(this.folder, '.local') };
    const path = { PATH: process.env['PATH'] ?? '', TMPDIR: process.env['TMPDIR'] ?? tmpdir() };
    return { ...path, ...home, ...SETTINGS, ...this.#env, ...more };
  }
}
