import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgreedOrg } from '../integration/app/agreed-org.ts';

const root = join(import.meta.dirname, '..', '..');

describe('the README', () => {
  let org: AgreedOrg;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    org.orgClock.freezeAt(Date.now());
    org.orgClock.run();
    await org.push();
  });
  afterAll(() => org[Symbol.asyncDispose]());

  it('says how to point the commands at a local org, in lines that a shell runs as they stand', async () => {
    const blocks = readFileSync(join(root, 'README.md'), 'utf8').split('```sh\n').slice(1);
    const lines =
      blocks.map((each) => each.split('```')[0] ?? '').find((each) => each.includes('ACCORD_INSTANCE')) ?? '';
    const script = lines.replace('http://localhost:PORT', org.running.instanceUrl).replace('mia@', 'vera@');
    const env = { PATH: process.env['PATH'], HOME: org.folder, SF_DISABLE_TELEMETRY: 'true' };
    const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], { cwd: root, env });
    expect(stdout).toContain('Northwind v1: Proposed');
  });
});
