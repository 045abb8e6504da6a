/**
 * Gets a clone ready to run: dependencies (only when the lock file changed), Node 24 among them, and the build.
 *
 * Plain JavaScript without dependencies, because it runs on whatever Node (20 or later) the machine has.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');

/** The pinned Node 24 that comes with the dependencies. */
export const node24 = join(bin, process.platform === 'win32' ? 'node.cmd' : 'node');

/** The environment in which `node` and every tool is the project's own. */
export const toolEnvironment = () => ({ ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` });

/** Runs a command in the project and ends this process with its exit code when it fails. */
export function runOrExit(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: toolEnvironment(), ...options });
  if (result.error) fail(`Cannot run ${command}: ${result.error.message}`);
  if (result.status !== 0) process.exit(result.status ?? 1);
}

/** Installs what the lock file says unless that very lock file is installed already. */
export function setup() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    fail(`Node ${process.versions.node} is too old. Install Node 20 or later; the project brings its own Node 24.`);
  }
  const marker = join(root, 'node_modules', '.accord-setup');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex');
  const ready = existsSync(marker) && readFileSync(marker, 'utf8') === wanted && nodeWorks();
  if (ready) return;
  process.stderr.write('Installing dependencies (first start only, about a minute) …\n');
  // EBADENGINE warnings speak of the machine's Node; everything is run by the project's own Node 24.
  const quiet = { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', shell: process.platform === 'win32' };
  const install = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, ...quiet });
  if (install.status !== 0) fail(`npm ci failed:\n${install.stderr ?? install.error?.message}`);
  if (!nodeWorks()) {
    spawnSync('npm', ['rebuild', 'node'], { cwd: root, ...quiet });
    if (!nodeWorks())
      fail('Node 24 was not installed. Allow the install script of the npm package "node" and run npm ci.');
  }
  writeFileSync(marker, wanted);
}

function nodeWorks() {
  const version = spawnSync(node24, ['--version'], { encoding: 'utf8', shell: process.platform === 'win32' });
  return version.status === 0 && version.stdout.startsWith('v24.');
}

/**
 * Installs the unmodified Salesforce CLI that the CLI tests drive, apart from the project's own dependencies.
 *
 * Returns its entry file; installs only when its lock file changed.
 */
export function setupSfCli() {
  const source = join(root, 'test', 'support', 'sf-cli');
  const folder = join(root, '.cache', 'sf-cli');
  const entry = join(folder, 'node_modules', '@salesforce', 'cli', 'bin', 'run.js');
  const lock = readFileSync(join(source, 'package-lock.json'), 'utf8');
  const installed = join(folder, 'installed-lock.json');
  if (existsSync(entry) && existsSync(installed) && readFileSync(installed, 'utf8') === lock) return entry;
  process.stderr.write('Installing the Salesforce CLI for the tests (first time only) …\n');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(source, file), join(folder, file));
  const command = ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  const install = spawnSync('npm', command, { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' });
  if (install.status !== 0) fail(`The Salesforce CLI could not be installed:\n${install.stderr}`);
  writeFileSync(installed, lock);
  return entry;
}

/** Where the tests find a browser: the machine's Chromium, else the one from npm, unpacked once before they start. */
export function setupBrowser() {
  const installed = '/usr/bin/chromium';
  if (existsSync(installed)) return installed;
  const script = join('scripts', 'unpack-browser.mjs');
  const unpacked = spawnSync(node24, [script], { cwd: root, encoding: 'utf8', env: toolEnvironment() });
  if (unpacked.status !== 0) fail(`The browser for the tests could not be unpacked:\n${unpacked.stderr}`);
  return unpacked.stdout;
}

/** Compiles `src` to `lib` and bundles the elements. Incremental: seconds when nothing changed. */
export function build() {
  mkdirSync(join(root, '.cache'), { recursive: true });
  if (!existsSync(join(root, 'lib'))) rmSync(join(root, '.cache', 'build.tsbuildinfo'), { force: true });
  runOrExit(node24, [join('node_modules', '@typescript', 'native', 'bin', 'tsc'), '-p', 'tsconfig.build.json']);
  runOrExit(node24, [join('scripts', 'build-elements.mjs')]);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setup();
