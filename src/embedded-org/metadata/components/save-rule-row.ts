import type { StoredRow } from '../../data/dml/object-plan.ts';
import { changeRow, createRow } from '../../data/dml/save-row.ts';
import type { DeployRun } from '../deploy-run.ts';
import { setupJob } from './setup-job.ts';

/** Writes the row that shows a deployed rule to queries; its object and developer name tell it from others. */
export function saveRuleRow(run: DeployRun, objectName: 'DuplicateRule' | 'MatchingRule', values: StoredRow): void {
  const job = setupJob(run, objectName);
  const sql = `select * from "${objectName}" where "SobjectType" = ? and "DeveloperName" = ? and "IsDeleted" = 0`;
  const known = job.plan.prepare(sql).get(values['SobjectType'] ?? null, values['DeveloperName'] ?? null);
  if (known === undefined) createRow(job, values);
  else changeRow(job, known as StoredRow, values);
}
