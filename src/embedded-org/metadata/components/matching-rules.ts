import { saveMatchingRule, type MatchingItem } from '../../data/dml/duplicates/duplicate-rules.ts';
import { isStored } from '../../data/schema/tables.ts';
import type { ObjectDef } from '../../data/types.ts';
import { saveComponent } from '../component-store.ts';
import { DeployError } from '../deploy-error.ts';
import type { Apply, DeployRun } from '../deploy-run.ts';
import { checkElements } from '../known-elements.ts';
import { allOf, textOf, type XmlElement } from '../xml-element.ts';
import { getField, getObject } from './reference-checks.ts';
import { saveRuleRow } from './save-rule-row.ts';

/** Keeps the matching rules of an object; the org compares exactly, and refuses rules that want more. */
export const applyMatchingRules: Apply = (run, component) => {
  const { element, fullName } = component;
  checkElements('MatchingRules', element);
  const object = getObject(run.core, fullName);
  for (const rule of allOf(element, 'matchingRules')) applyRule(run, object, rule);
  return saveComponent(run, 'MatchingRules', fullName, '0JD', component.files);
};

function applyRule(run: DeployRun, object: ObjectDef, element: XmlElement): void {
  const name = textOf(element, 'fullName');
  if (name === undefined) throw new DeployError('Required field is missing: fullName');
  if (textOf(element, 'booleanFilter') !== undefined)
    throw new DeployError('The embedded org does not support filter logic in matching rules');
  const items = allOf(element, 'matchingRuleItems').map((each) => readItem(run, object, each));
  if (items.length === 0) throw new DeployError('Required field is missing: matchingRuleItems');
  const status = textOf(element, 'ruleStatus') ?? 'Inactive';
  saveMatchingRule(run.core, object.name, name, status === 'Active' ? items : []);
  saveRuleRow(run, 'MatchingRule', {
    SobjectType: object.name,
    DeveloperName: name,
    MasterLabel: textOf(element, 'label') ?? name,
    Description: textOf(element, 'description') ?? null,
    MatchEngine: 'ExactMatchEngine',
    RuleStatus: status,
  });
}

function readItem(run: DeployRun, object: ObjectDef, element: XmlElement): MatchingItem {
  const field = getField(run.core, object, textOf(element, 'fieldName') ?? '');
  const method = textOf(element, 'matchingMethod') ?? 'Exact';
  if (method !== 'Exact') {
    throw new DeployError(`The embedded org matches fields exactly only, not by the method ${method}`);
  }
  if (!isStored(field)) throw new DeployError(`Field ${field.name} cannot be used in a matching rule`);
  return { fieldName: field.name, matchBlanks: textOf(element, 'blankValueBehavior') === 'MatchBlanks' };
}
