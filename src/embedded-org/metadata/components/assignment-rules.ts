import {
  saveAssignmentRules,
  type AssignmentEntry,
  type AssignmentRule,
  type Criterion,
} from '../../data/dml/assignment/assignment-rules.ts';
import { compileEntry } from '../../data/dml/assignment/compile-entry.ts';
import { FormulaError } from '../../data/formula/formula-error.ts';
import type { ObjectDef } from '../../data/types.ts';
import { saveComponent } from '../component-store.ts';
import { DeployError } from '../deploy-error.ts';
import type { Apply, DeployRun } from '../deploy-run.ts';
import { checkElements } from '../known-elements.ts';
import { allOf, isTrue, textOf, type XmlElement } from '../xml-element.ts';
import { getField } from './reference-checks.ts';

/** Replaces the assignment rules of Lead; at most one is active. */
export const applyAssignmentRules: Apply = (run, component) => {
  checkElements('AssignmentRules', component.element);
  const object = component.fullName === 'Lead' ? run.core.schema.find('Lead') : undefined;
  if (!object)
    throw new DeployError(`The embedded org has assignment rules for Lead only, not for ${component.fullName}`);
  const rules = allOf(component.element, 'assignmentRule').map((each) => readRule(run, object, each));
  if (rules.filter((rule) => rule.active).length > 1) throw new DeployError('Only one assignment rule can be active');
  saveAssignmentRules(run.core, run.user, object.name, rules);
  return saveComponent(run, 'AssignmentRules', component.fullName, '01Q', component.files);
};

function readRule(run: DeployRun, object: ObjectDef, element: XmlElement): AssignmentRule {
  const name = textOf(element, 'fullName');
  if (name === undefined) throw new DeployError('Required field is missing: fullName');
  const entries = allOf(element, 'ruleEntry').map((each) => readEntry(run, object, each));
  return { name, active: isTrue(element, 'active'), entries };
}

function readEntry(run: DeployRun, object: ObjectDef, element: XmlElement): AssignmentEntry {
  const [formula, booleanFilter] = [textOf(element, 'formula'), textOf(element, 'booleanFilter')];
  const entry: AssignmentEntry = {
    assignedTo: assigneeId(run, element),
    criteria: allOf(element, 'criteriaItems').map((each) => readCriterion(run, object, each)),
    ...(formula === undefined ? {} : { formula }),
    ...(booleanFilter === undefined ? {} : { booleanFilter }),
  };
  try {
    compileEntry(run.core, object, entry);
  } catch (error) {
    if (error instanceof FormulaError) throw new DeployError(error.message);
    throw error;
  }
  return entry;
}

function readCriterion(run: DeployRun, object: ObjectDef, element: XmlElement): Criterion {
  const path = textOf(element, 'field') ?? '';
  const name = path.startsWith(`${object.name}.`) ? path.slice(object.name.length + 1) : path;
  const field = getField(run.core, object, name).name;
  return { field, operation: textOf(element, 'operation') ?? '', value: textOf(element, 'value') ?? '' };
}

/** A user by username, a queue by developer name. */
function assigneeId(run: DeployRun, element: XmlElement): string | undefined {
  const [name, type] = [textOf(element, 'assignedTo'), textOf(element, 'assignedToType')];
  if (name === undefined) return undefined;
  const sql =
    type === 'Queue'
      ? `select "Id" from "Group" where "Type" = 'Queue' and ("DeveloperName" = ?1 or "Name" = ?1)`
      : 'select "Id" from "User" where "Username" = ?1';
  const row = run.core.db.prepare(sql).get(name);
  if (!row) throw new DeployError(`In field: assignedTo - no ${type ?? 'User'} named ${name} found`);
  return String(row['Id']);
}
