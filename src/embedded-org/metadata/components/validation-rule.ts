import type { ValidationRule } from '../../data/types.ts';
import { saveComponent } from '../component-store.ts';
import { DeployError } from '../deploy-error.ts';
import type { Apply, Component } from '../deploy-run.ts';
import { checkElements } from '../known-elements.ts';
import { isTrue, textOf } from '../xml-element.ts';
import { checkFormula } from './check-formula.ts';
import { getField } from './reference-checks.ts';

/** Adds a rule to its object once its formula compiles. */
export const applyValidationRule: Apply = (run, component) => {
  checkElements('ValidationRule', component.element);
  const [objectName = '', name = ''] = component.fullName.split('.');
  const object = run.core.schema.find(objectName);
  if (!object)
    throw new DeployError(`Entity Enumeration Or ID: bad value for restricted picklist field: ${objectName}`);
  const rule = readRule(component, name);
  if (rule.errorDisplayField !== undefined) getField(run.core, object, rule.errorDisplayField);
  checkFormula(run.core, object, rule.formula, `formula of validation rule ${component.fullName}`, 'boolean');
  const others = object.validationRules.filter((each) => each.fullName !== name);
  run.core.schema.define({ ...object, validationRules: [...others, rule] });
  return saveComponent(run, 'ValidationRule', component.fullName, '03d', component.files);
};

function readRule(component: Component, fullName: string): ValidationRule {
  const { element } = component;
  const formula = textOf(element, 'errorConditionFormula');
  const errorMessage = textOf(element, 'errorMessage');
  if (formula === undefined) throw new DeployError('Required field is missing: errorConditionFormula');
  if (errorMessage === undefined) throw new DeployError('Required field is missing: errorMessage');
  if (errorMessage.length > 255) throw new DeployError('Value too long for field: ErrorMessage maximum length is:255');
  if (fullName.length > 40) throw new DeployError('Value too long for field: ValidationName maximum length is:40');
  const errorDisplayField = textOf(element, 'errorDisplayField');
  const rule = { fullName, active: isTrue(element, 'active'), formula, errorMessage };
  return errorDisplayField === undefined ? rule : { ...rule, errorDisplayField };
}
