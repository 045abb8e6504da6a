import type { StoredRow } from '../../data/dml/object-plan.ts';
import { changeRow, createRow } from '../../data/dml/save-row.ts';
import { saveComponent } from '../component-store.ts';
import { DeployError } from '../deploy-error.ts';
import type { Apply, DeployRun } from '../deploy-run.ts';
import { checkElements } from '../known-elements.ts';
import { isTrue, textOf } from '../xml-element.ts';
import { setupJob } from './setup-job.ts';

/** Keeps a notification type as a row, so that clients find its id by query and actions can send it. */
export const applyNotificationType: Apply = (run, component) => {
  const { element, files, fullName } = component;
  checkElements('CustomNotificationType', element);
  const [label, name] = [textOf(element, 'masterLabel'), textOf(element, 'customNotifTypeName')];
  if (label === undefined) throw new DeployError('Required field is missing: masterLabel');
  if (name === undefined) throw new DeployError('Required field is missing: customNotifTypeName');
  const values: StoredRow = {
    DeveloperName: fullName,
    CustomNotifTypeName: name,
    MasterLabel: label,
    Description: textOf(element, 'description') ?? null,
    Desktop: isTrue(element, 'desktop') ? 1 : 0,
    Mobile: isTrue(element, 'mobile') ? 1 : 0,
    Language: 'en_US',
  };
  const job = setupJob(run, 'CustomNotificationType');
  const row = job.plan.prepare(`${FIND} and "IsDeleted" = 0`).get(fullName) as StoredRow | undefined;
  const saved = saveComponent(run, 'CustomNotificationType', fullName, '0ML', files);
  if (!row) return { ...saved, id: createRow(job, values) };
  if (saved.changed) changeRow(job, row, values);
  return { ...saved, id: String(row['Id']) };
};

const FIND = 'select * from "CustomNotificationType" where "DeveloperName" = ?';

export function removeNotificationType({ core }: DeployRun, fullName: string): void {
  core.db.prepare('update "CustomNotificationType" set "IsDeleted" = 1 where "DeveloperName" = ?').run(fullName);
}
