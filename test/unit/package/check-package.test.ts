import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkPackage } from '../../../scripts/check-package/check-package.ts';
import { RULE_NAMES } from '../../../scripts/check-package/rule-names.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const broken = checkPackage(join(root, 'test', 'support', 'broken-package'));
const raised = (path: string): readonly string[] =>
  broken.filter(({ file }) => file.endsWith(path)).map(({ line, rule }) => `${line} ${rule}`);

describe('checkPackage', () => {
  it('finds nothing in the package that is shipped', () => {
    expect(checkPackage(root)).toEqual([]);
  });

  it('raises each of its rules on the broken package, and no rule that the canary does not ask for', () => {
    expect([...new Set(broken.map(({ rule }) => rule))].toSorted()).toEqual([...RULE_NAMES].toSorted());
  });

  it('names the line of a field, function and permission that a formula lacks', () => {
    expect(raised('Names_Nothing.validationRule-meta.xml')).toEqual([
      '2 missing-element',
      '4 unknown-permission',
      '4 bad-formula',
      '4 unknown-field',
      '4 unknown-field',
      '4 bad-formula',
    ]);
  });

  it('refuses permissions on fields that do not exist and on required ones', () => {
    expect(raised('Bad.permissionset-meta.xml')).toContain('11 unknown-field');
    expect(raised('Bad.permissionset-meta.xml')).toContain('16 bad-grant');
  });

  it('refuses text that is pasted into a GraphQL query', () => {
    expect(raised('badCard.js')).toContain('12 bad-query');
  });

  it('says of every finding what is wrong and what to do', () => {
    expect(broken.filter(({ problem, advice }) => problem === '' || advice === '')).toEqual([]);
  });
});
