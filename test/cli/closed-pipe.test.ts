import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const bin = join(import.meta.dirname, '..', '..', 'bin', 'run.js');

describe('a command whose reader has seen enough', () => {
  let home = '';
  beforeAll(() => (home = mkdtempSync(join(tmpdir(), 'accord-pipe-'))));
  afterAll(() => rmSync(home, { recursive: true }));

  it('ends without a word and without a failure', async () => {
    const script = '"$0" "$1" accord agreement schema | head -c 20 > /dev/null; exit "${PIPESTATUS[0]}"';
    const env = { PATH: process.env['PATH'], HOME: home, SF_DISABLE_TELEMETRY: 'true' };
    const run = promisify(execFile)('bash', ['-c', script, process.execPath, bin], { cwd: home, env });
    await expect(run).resolves.toEqual({ stdout: '', stderr: '' });
  });
});
