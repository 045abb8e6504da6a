import type { FormulaType } from '../../data/formula/compiled.ts';
import { formulaSql } from '../../data/formula/formula-fields.ts';
import type { FieldDef, ObjectDef } from '../../data/types.ts';
import { saveComponent } from '../component-store.ts';
import { DeployError } from '../deploy-error.ts';
import type { Apply, DeployRun } from '../deploy-run.ts';
import { checkElements } from '../known-elements.ts';
import { isTrue, oneOf, textOf, type XmlElement } from '../xml-element.ts';
import { checkFormula } from './check-formula.ts';
import { defineShares } from './custom-object.ts';
import { asDetail, freedFrom, prepareRowsForMaster } from './detail-sharing.ts';
import { toFieldDef } from './to-field-def.ts';
import { changeUniqueness } from './unique-values.ts';

/** Creates or changes a custom field, or what may be changed on a standard one: its history tracking. */
export const applyCustomField: Apply = (run, component) => {
  checkElements('CustomField', component.element);
  refuseLookupFilter(component.element);
  const [objectName = '', fieldName = ''] = component.fullName.split('.');
  const object = run.core.schema.find(objectName);
  if (!object)
    throw new DeployError(`Entity Enumeration Or ID: bad value for restricted picklist field: ${objectName}`);
  const known = run.core.schema.field(object, fieldName);
  if (!fieldName.endsWith('__c')) return applyStandardField(run, component, object, known);
  const field = toFieldDef(run.core, fieldName, component.element);
  if (known && known.type !== field.type) checkTypeChange(known, field);
  if (known) changeUniqueness(run.core, object, known, field);
  const isMaster = known?.masterDetail === true;
  if (field.masterDetail === true && !isMaster) prepareRowsForMaster(run.core, object, known);
  const base = isMaster && field.masterDetail !== true ? freedFrom(run.core, object, known) : object;
  run.core.schema.define(
    withField(base, field.formula === undefined ? field : formulaField(run, base, field, field.formula)),
  );
  defineShares(run, object.name);
  return saveComponent(run, 'CustomField', component.fullName, '00N', component.files);
};

/** A filter that nobody applies would let through what it forbids. */
function refuseLookupFilter(element: XmlElement): void {
  const filter = oneOf(element, 'lookupFilter');
  if (filter && isTrue(filter, 'active'))
    throw new DeployError('The embedded org does not support active lookup filters');
}

function applyStandardField(
  run: DeployRun,
  component: Parameters<Apply>[1],
  object: ObjectDef,
  known: FieldDef | undefined,
) {
  if (!known) throw new DeployError(`Could not resolve standard field's name.: ${component.fullName}`);
  const trackHistory =
    textOf(component.element, 'trackHistory') === undefined
      ? known.trackHistory === true
      : isTrue(component.element, 'trackHistory');
  run.core.schema.define(withField(object, { ...known, trackHistory }));
  return saveComponent(run, 'CustomField', component.fullName, '00N', component.files);
}

/** A formula field is worked out when it is read, for the user who reads it. */
function formulaField(run: DeployRun, object: ObjectDef, field: FieldDef, formula: string): FieldDef {
  if (new RegExp(`\\b${field.name}\\b`, 'i').test(formula)) {
    throw new DeployError('Formula cannot use another formula field that directly or indirectly refers to itself.');
  }
  checkFormula(run.core, object, formula, 'CustomField', FORMULA_RESULTS[field.type] ?? 'text');
  return { ...field, sql: formulaSql(object.name, field.name) };
}

const FORMULA_RESULTS: Partial<Record<FieldDef['type'], FormulaType>> = {
  boolean: 'boolean',
  double: 'number',
  currency: 'number',
  percent: 'number',
  date: 'date',
  datetime: 'datetime',
  time: 'time',
};

function withField(object: ObjectDef, field: FieldDef): ObjectDef {
  const others = object.fields.filter((each) => each.name.toLowerCase() !== field.name.toLowerCase());
  return asDetail({ ...object, fields: [...others, field] });
}

const TEXTS: ReadonlySet<string> = new Set([
  'string',
  'textarea',
  'picklist',
  'multipicklist',
  'phone',
  'url',
  'email',
]);
const NUMBERS: ReadonlySet<string> = new Set(['double', 'currency', 'percent', 'int']);

function checkTypeChange(known: FieldDef, field: FieldDef): void {
  const sameFamily = [TEXTS, NUMBERS].some((family) => family.has(known.type) && family.has(field.type));
  if (!sameFamily)
    throw new DeployError(
      `Cannot change the type of ${field.name} from ${known.type} to ${field.type}: remove the field first`,
    );
}
