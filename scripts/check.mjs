/** `npm run check`: format, lint, types, import rules, Lightning sources and the package, in this order; every step runs, all failures show. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build, node24, root, setup, toolEnvironment } from './setup.mjs';

setup();
build();

const script = (...path) => join('node_modules', ...path);
const tsc = script('@typescript', 'native', 'bin', 'tsc');
/** @type {[string, string[]][]} */
const steps = [
  ['format', [script('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  ['lint', [script('oxlint', 'bin', 'oxlint'), '--type-aware', '--quiet']],
  ['types', [tsc, '--noEmit', '-p', 'tsconfig.json']],
  ['types of the elements', [tsc, '--noEmit', '-p', join('lwc-bridge', 'tsconfig.json')]],
  ['types of the pages', [tsc, '--noEmit', '-p', join('src', 'embedded-org', 'lightning', 'client', 'tsconfig.json')]],
  ['import rules', [join('scripts', 'check', 'boundaries.mjs')]],
  ['Lightning sources', [script('eslint', 'bin', 'eslint.js'), 'force-app']],
  ['package', [join('scripts', 'check-package', 'main.ts')]],
];
const failed = steps.filter(([name, args]) => {
  const { status, stdout, stderr } = spawnSync(node24, args, { cwd: root, encoding: 'utf8', env: toolEnvironment() });
  process.stdout.write(`${status === 0 ? '✓' : '✗'} ${name}\n`);
  if (status !== 0) process.stdout.write(`${stdout}${stderr}\n`);
  return status !== 0;
});
process.stdout.write(
  failed.length === 0 ? 'All checks hold.\n' : `${failed.length} of ${steps.length} checks failed.\n`,
);
process.exit(failed.length === 0 ? 0 : 1);
