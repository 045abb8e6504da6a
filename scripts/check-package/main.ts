/**
 * Checks the package offline, and first that the checker still sees: a fixture with one fault of every kind must raise
 * each rule, or a clean report would prove nothing.
 */
import { dirname, join } from 'node:path';
import { checkPackage } from './check-package.ts';
import { toLine } from './finding.ts';
import { RULE_NAMES } from './rule-names.ts';

const root = dirname(dirname(import.meta.dirname));
const raised = new Set(checkPackage(join(root, 'test', 'support', 'broken-package')).map(({ rule }) => rule));
const silent = RULE_NAMES.filter((rule) => !raised.has(rule));
if (silent.length > 0) {
  process.stderr.write(`The package checker is blind: the broken package did not raise ${silent.join(', ')}.\n`);
  process.exit(1);
}

const findings = checkPackage(root);
for (const finding of findings) process.stderr.write(`${toLine(finding)}\n`);
if (findings.length > 0) {
  process.stderr.write(`${findings.length} findings in the package.\n`);
  process.exit(1);
}
process.stdout.write('The package holds together.\n');
