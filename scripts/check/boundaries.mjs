/**
 * Checks the import rules, and that the checker itself still works.
 *
 * A cruiser that cannot read TypeScript sees no modules and reports success; therefore a fixture full of violations
 * must fail with every rule it breaks, and the real run must have seen a plausible number of modules.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const FEWEST_MODULES = 60;
const CANARY_RULES = [
  'domain-imports',
  'domain-is-pure',
  'adapters-see-ports-only',
  'org-data-imports',
  'org-http-imports',
];
const cruiser = join('node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');

const canary = cruise(join('test', 'support', 'canary'), ['src']);
const raised = new Set(canary.summary.violations.map((each) => each.rule.name));
const silent = CANARY_RULES.filter((rule) => !raised.has(rule));
if (silent.length > 0) fail(`The import checker is blind: the canary did not raise ${silent.join(', ')}.`);

const real = cruise('.', ['src', 'lwc-bridge', 'scripts']);
for (const { rule, from, to, comment } of real.summary.violations) {
  process.stderr.write(`${from} → ${to}\n  ${rule.name}: ${comment ?? ''}\n`);
}
if (real.summary.totalCruised < FEWEST_MODULES)
  fail(`Only ${real.summary.totalCruised} modules were seen; expected ${FEWEST_MODULES} or more.`);
if (real.summary.violations.length > 0) fail(`${real.summary.violations.length} imports break the rules.`);
process.stdout.write(`${real.summary.totalCruised} modules keep the import rules\n`);

function cruise(folder, roots) {
  const config = join(process.cwd(), '.dependency-cruiser.mjs');
  const tool = join(process.cwd(), cruiser);
  const run = spawnSync(process.execPath, [tool, '--config', config, '--output-type', 'json', ...roots], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  try {
    return JSON.parse(run.stdout);
  } catch {
    return fail(`dependency-cruiser gave no result for ${folder}: ${run.stderr}`);
  }
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
