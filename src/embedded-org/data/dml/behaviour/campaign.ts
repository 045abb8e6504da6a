import { insertRowsOf } from './insert-rows-of.ts';
import { rowError } from '../row-error.ts';
import type { WriteJob } from '../write-job.ts';
import { jobFor } from '../write-job.ts';
import { updateStored } from '../store-row.ts';
import type { StoredRow } from '../object-plan.ts';
import { isNewOrChanged, type Behaviour } from './behaviour.ts';
import { refuseCycle } from './hierarchy.ts';

/** Campaigns take the user flag Marketing User beside the object permission, and start with two member statuses. */
export const campaignBehaviour: Behaviour = {
  beforeSave: (job, row, old) => {
    refuseCycle(job, row, old, 'ParentId');
    if (isMarketingUser(job)) return;
    const verb = old === undefined ? 'inserted' : 'updated';
    throw rowError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be ${verb}: Campaign`, []);
  },
  afterSave: (job, row, old) => {
    if (old !== undefined) return;
    insertRowsOf(job, 'CampaignMemberStatus', [
      { CampaignId: row['Id'] ?? null, Label: 'Sent', SortOrder: 3, IsDefault: 1, HasResponded: 0 },
      { CampaignId: row['Id'] ?? null, Label: 'Responded', SortOrder: 4, IsDefault: 0, HasResponded: 1 },
    ]);
  },
};

function isMarketingUser(job: WriteJob): boolean {
  const sql = `select 1 as found from "User" where "Id" = ? and ("UserPermissionsMarketingUser" = 1 or "UserType" = 'AutomatedProcess')`;
  return job.plan.prepare(sql).get(job.user.userId) !== undefined;
}

/** A campaign has one default status and each label once; members follow when their status starts or stops to mean a response. */
export const memberStatusBehaviour: Behaviour = {
  beforeSave: (job, row) => {
    const sql = `select 1 as found from "CampaignMemberStatus"
      where "CampaignId" = ? and "Label" = ? and "Id" <> ? and "IsDeleted" = 0`;
    const known = job.plan.prepare(sql).get(row['CampaignId'] ?? null, row['Label'] ?? null, row['Id'] ?? '');
    if (known === undefined) return;
    throw rowError('DUPLICATE_VALUE', `duplicate value found: the campaign has a status ${row['Label']} already`, [
      'Label',
    ]);
  },
  afterSave: (job, row, old) => {
    if (row['IsDefault'] === 1) clearOtherDefaults(job, row);
    if (old === undefined || !isNewOrChanged(row, old, 'HasResponded')) return;
    const members = jobFor(job, 'CampaignMember');
    members?.plan
      .prepare(
        `update "CampaignMember" set "HasResponded" = ?, "SystemModstamp" = ? where "CampaignId" = ? and "Status" = ? and "IsDeleted" = 0`,
      )
      .run(row['HasResponded'] ?? 0, job.stamp, row['CampaignId'] ?? null, row['Label'] ?? null);
  },
};

function clearOtherDefaults(job: WriteJob, row: StoredRow): void {
  const sql = `select "Id" from "CampaignMemberStatus" where "CampaignId" = ? and "IsDefault" = 1 and "Id" <> ? and "IsDeleted" = 0`;
  for (const other of job.plan.prepare(sql).all(row['CampaignId'] ?? null, row['Id'] ?? null)) {
    updateStored(job.plan, String(other['Id']), { IsDefault: 0, SystemModstamp: job.stamp });
  }
}
