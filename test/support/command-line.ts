import { join } from 'node:path';
import { expect } from 'vitest';
import type { AgreedOrg } from '../integration/app/agreed-org.ts';
import { resultSchemas } from './result-schemas.ts';
import { runAccord, type Finished } from './run-accord.ts';

export type Person = keyof AgreedOrg['people'] | 'admin';

/** Runs a command in a session of a user, with the org's folder as the current one. */
export function runAs(org: AgreedOrg, args: readonly string[], who: Person = 'admin'): Promise<Finished> {
  const user = who === 'admin' ? org.admin : org.people[who];
  const env = {
    ACCORD_INSTANCE_URL: org.running.instanceUrl,
    ACCORD_ACCESS_TOKEN: org.running.sessions.create(user.userId),
    ACCORD_STORE: join(org.folder, 'cli.sqlite'),
  };
  return runAccord(args, { home: org.folder, env });
}

/** What a command printed with `--json`; fails the test when it is not what its schema says. */
export function resultOf(name: keyof typeof resultSchemas, done: Finished): unknown {
  expect(done.stderr).toBe('');
  const { status, result } = JSON.parse(done.stdout) as { status: number; result: unknown };
  expect(status).toBe(done.code);
  return resultSchemas[name].parse(result);
}
