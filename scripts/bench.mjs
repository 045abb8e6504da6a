/** `npm run bench`: sets up, builds, and measures. Options: `--json`, `--size N`, `--only NAME`. */
import { join } from 'node:path';
import { build, node24, runOrExit, setup, setupSfCli } from './setup.mjs';

setup();
build();
process.env['ACCORD_TEST_SF_CLI'] = setupSfCli();
runOrExit(node24, ['--expose-gc', join('scripts', 'bench', 'main.ts'), ...process.argv.slice(2)]);
