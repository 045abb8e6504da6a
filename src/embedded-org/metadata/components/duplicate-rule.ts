import {
  findMatchingRule,
  removeDuplicateRule,
  removeMatchingRule,
  saveDuplicateRule,
  usersOfMatchingRule,
  type DuplicateAction,
} from '../../data/dml/duplicates/duplicate-rules.ts';
import { saveComponent } from '../component-store.ts';
import { DeployError } from '../deploy-error.ts';
import type { Apply, DeployRun } from '../deploy-run.ts';
import { checkElements } from '../known-elements.ts';
import { allOf, isTrue, textOf, textsOf, type XmlElement } from '../xml-element.ts';
import { getObject } from './reference-checks.ts';
import { saveRuleRow } from './save-rule-row.ts';

/** Keeps a duplicate rule, `Lead.Same_Email`; its matching rules must be there and be of the same object. */
export const applyDuplicateRule: Apply = (run, component) => {
  const { element, fullName } = component;
  checkElements('DuplicateRule', element);
  const [objectName = '', name = ''] = fullName.split('.');
  const object = getObject(run.core, objectName);
  if (allOf(element, 'duplicateRuleFilter').some((each) => each.children.length > 0))
    throw new DeployError('The embedded org does not support conditions of duplicate rules');
  const matchingRules = allOf(element, 'duplicateRuleMatchRules').map((each) => matchingRuleOf(run, object.name, each));
  const active = isTrue(element, 'isActive');
  saveDuplicateRule(run.core, object.name, {
    name,
    active,
    onInsert: actionOf(element, 'Insert'),
    onUpdate: actionOf(element, 'Update'),
    alertText: textOf(element, 'alertText') ?? 'Use one of these records?',
    enforceSharing: textOf(element, 'securityOption') !== 'BypassSharing',
    matchingRules,
  });
  const label = textOf(element, 'masterLabel') ?? name;
  saveRuleRow(run, 'DuplicateRule', {
    SobjectType: object.name,
    DeveloperName: name,
    MasterLabel: label,
    IsActive: Number(active),
  });
  return saveComponent(run, 'DuplicateRule', fullName, '0Bm', component.files);
};

function actionOf(element: XmlElement, operation: 'Insert' | 'Update'): DuplicateAction {
  if (textOf(element, `actionOn${operation}`) === 'Block') return 'block';
  const operations = new Set(textsOf(element, `operationsOn${operation}`));
  if (operations.has('Report')) throw new DeployError('The embedded org does not report duplicate record sets');
  return operations.has('Alert') ? 'alert' : 'allow';
}

function matchingRuleOf(run: DeployRun, objectName: string, element: XmlElement): string {
  const [type, name = ''] = [textOf(element, 'matchRuleSObjectType'), textOf(element, 'matchingRule')];
  if (type !== objectName) {
    throw new DeployError(`The embedded org compares a ${objectName} with others only, not with a ${type ?? 'record'}`);
  }
  if (findMatchingRule(run.core, objectName, name) !== undefined) return name;
  throw new DeployError(`In field: matchingRule - no MatchingRule named ${objectName}.${name} found`);
}

export function removeDuplicates(run: DeployRun, fullName: string): void {
  const [objectName = '', name = ''] = fullName.split('.');
  removeDuplicateRule(run.core, objectName, name);
  const sql =
    'update "DuplicateRule" set "IsDeleted" = 1, "IsActive" = 0 where "SobjectType" = ? and "DeveloperName" = ?';
  run.core.db.prepare(sql).run(objectName, name);
}

/** Takes the matching rules of an object away, unless a duplicate rule uses one. */
export function removeMatching(run: DeployRun, objectName: string): void {
  const rows = run.core.db.prepare('select name from "~matching_rule" where object = ?').all(objectName);
  for (const { name } of rows) {
    const [user] = usersOfMatchingRule(run.core, objectName, String(name));
    if (user !== undefined) {
      throw new DeployError(`This matching rule is referenced elsewhere: duplicate rule ${objectName}.${user}.`);
    }
    removeMatchingRule(run.core, objectName, String(name));
  }
  run.core.db.prepare('update "MatchingRule" set "IsDeleted" = 1 where "SobjectType" = ?').run(objectName);
}
