/** `npm run bench`: sets up, builds, and measures. Options: `--json`, `--size N`, `--only NAME`. */
import { join } from 'node:path';
import { build, node24, runOrExit, setup } from './setup.mjs';

setup();
build();
runOrExit(node24, ['--expose-gc', join('scripts', 'bench', 'main.ts'), ...process.argv.slice(2)]);
