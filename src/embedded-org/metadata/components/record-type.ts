import type { StoredRow } from '../../data/dml/object-plan.ts';
import { changeRow, createRow } from '../../data/dml/save-row.ts';
import type { ObjectDef } from '../../data/types.ts';
import { findRecordType } from '../../data/security/record-types.ts';
import { saveComponent } from '../component-store.ts';
import { DeployError } from '../deploy-error.ts';
import type { Apply, DeployRun } from '../deploy-run.ts';
import { checkElements } from '../known-elements.ts';
import { allOf, isTrue, textOf, type XmlElement } from '../xml-element.ts';
import { getObject, requireComponent } from './reference-checks.ts';
import { setupJob } from './setup-job.ts';

/** Writes a record type as a row; who may use it is for profiles and permission sets to say. */
export const applyRecordType: Apply = (run, component) => {
  const { element, fullName } = component;
  checkElements('RecordType', element);
  const [objectName = '', developerName = ''] = fullName.split('.');
  const object = getObject(run.core, objectName);
  const label = textOf(element, 'label');
  if (label === undefined) throw new DeployError('Required field is missing: label');
  checkReferences(run, object, element);
  const saved = saveComponent(run, 'RecordType', fullName, '012', component.files);
  const values: StoredRow = {
    Name: label,
    DeveloperName: developerName,
    SobjectType: object.name,
    IsActive: Number(isTrue(element, 'active')),
    Description: textOf(element, 'description') ?? null,
  };
  const job = setupJob(run, 'RecordType');
  const known = findRecordType(run.core, fullName);
  if (known === undefined) return { ...saved, id: createRow(job, values) };
  const row = job.plan.select.get(known.id) as StoredRow;
  changeRow(job, row, values);
  return { ...saved, id: known.id };
};

function checkReferences({ core }: DeployRun, object: ObjectDef, element: XmlElement): void {
  const process = textOf(element, 'businessProcess');
  if (process !== undefined) requireComponent(core, 'BusinessProcess', `${object.name}.${process}`, 'businessProcess');
  for (const each of allOf(element, 'picklistValues')) {
    const name = textOf(each, 'picklist') ?? '';
    if (core.schema.field(object, name)?.picklist === undefined) {
      throw new DeployError(`Picklist: ${name} not found in object: ${object.name}`);
    }
  }
}
