/** `npm start`: sets up, builds, and runs the demo on the project's own Node until Ctrl-C. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, node24, root, setup, toolEnvironment } from './setup.mjs';

setup();
build();

const demo = spawn(node24, [join('scripts', 'demo', 'main.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: toolEnvironment(),
});
// The terminal sends Ctrl-C to the whole group; the demo cleans up and this process only waits for it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => signal === 'SIGTERM' && demo.kill(signal));
demo.on('exit', (code) => process.exit(code ?? 1));
