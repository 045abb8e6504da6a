/**
 * `npm test`: sets up, builds, runs every Vitest project and ends with one line that counts.
 *
 * Arguments go to Vitest (`npm test -- --project unit`); `--long` runs the long suite instead.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, node24, root, setup, setupBrowser, setupSfCli, toolEnvironment } from './setup.mjs';

setup();
build();

const given = process.argv.slice(2);
const long = given.includes('--long');
const tools = { ACCORD_TEST_SF_CLI: setupSfCli(), ACCORD_TEST_BROWSER: setupBrowser() };
const report = join(root, '.cache', 'test-results.json');
mkdirSync(join(root, '.cache'), { recursive: true });
rmSync(report, { force: true });
const run = spawnSync(
  node24,
  [
    join('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...given.filter((each) => each !== '--long'),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...toolEnvironment(), ACCORD_TEST_LONG: long ? '1' : '', ...tools },
  },
);
if (!existsSync(report)) {
  process.stdout.write('0 passed, 1 failed\n');
  process.exit(run.status || 1);
}
const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = JSON.parse(
  readFileSync(report, 'utf8'),
);
// A file that could not even be loaded has no failed test, yet the run failed.
const failed = numFailedTests || (run.status === 0 ? 0 : Math.max(1, numFailedTestSuites));
process.stdout.write(
  `${numPassedTests} passed, ${failed} failed${numPendingTests ? `, ${numPendingTests} skipped` : ''}\n`,
);
process.exit(run.status || (failed ? 1 : 0));
