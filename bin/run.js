#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const own = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));

// A reader that has seen enough (`| head`) closes the pipe: nobody is left to tell, so the command just ends.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
  const { execute } = await import('@oclif/core');
  await execute({ dir: import.meta.url });
} else if (existsSync(own)) {
  // A clone brings its own Node: hand over to it, signals and exit code included.
  const child = spawn(own, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
} else {
  process.stderr.write(`Accord needs Node ${NEEDED} or later; this is ${process.versions.node}.\n`);
  process.exitCode = 1;
}
