import { changeRow, createRow } from '../../data/dml/save-row.ts';
import type { StoredRow } from '../../data/dml/object-plan.ts';
import { saveComponent } from '../component-store.ts';
import { DeployError } from '../deploy-error.ts';
import type { Apply } from '../deploy-run.ts';
import { checkElements } from '../known-elements.ts';
import { textOf } from '../xml-element.ts';
import { setupJob } from './setup-job.ts';

/** Keeps a custom permission as a row, so that permission sets and formulas can name it. */
export const applyCustomPermission: Apply = (run, component) => {
  checkElements('CustomPermission', component.element);
  const label = textOf(component.element, 'label');
  if (label === undefined) throw new DeployError('Required field is missing: label');
  const values: StoredRow = {
    DeveloperName: component.fullName,
    MasterLabel: label,
    Description: textOf(component.element, 'description') ?? null,
    Language: 'en_US',
  };
  const job = setupJob(run, 'CustomPermission');
  const known = job.plan.prepare('select * from "CustomPermission" where "DeveloperName" = ? and "IsDeleted" = 0');
  const row = known.get(component.fullName) as StoredRow | undefined;
  const saved = saveComponent(run, 'CustomPermission', component.fullName, '0CP', component.files);
  if (!row) return { ...saved, id: createRow(job, values) };
  if (saved.changed) changeRow(job, row, values);
  return { ...saved, id: String(row['Id']) };
};
