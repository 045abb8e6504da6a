import type { StoredRow } from '../object-plan.ts';
import { deleteStored } from '../delete-stored.ts';
import { refreshLastActivity } from '../behaviour/last-activity.ts';
import { touchRow } from '../touch-row.ts';
import { jobFor, type WriteJob } from '../write-job.ts';

/** Hangs the lead's tasks and events on the contact, and on the opportunity or account if they have no record yet. */
export function moveActivities(job: WriteJob, leadId: string, contactId: string, whatId: string): void {
  const moved: StoredRow[] = [];
  for (const name of ['Task', 'Event']) {
    const activity = jobFor(job, name);
    if (!activity) continue;
    const rows = activity.plan.prepare(`select * from "${name}" where "WhoId" = ? and "IsDeleted" = 0`).all(leadId);
    for (const row of rows as StoredRow[]) {
      const changes: StoredRow = { WhoId: contactId, WhatId: row['WhatId'] ?? whatId };
      changes['AccountId'] = accountOf(job, contactId);
      touchRow(activity, String(row['Id']), changes);
      moved.push({ ...row, ...changes });
    }
  }
  refreshLastActivity(job, ...moved);
}

function accountOf(job: WriteJob, contactId: string): string | null {
  return (job.plan.prepare('select "AccountId" as id from "Contact" where "Id" = ?').get(contactId)?.['id'] ?? null) as
    string | null;
}

/** A member keeps its lead and gains the contact; where the contact was a member already, that membership stays. */
export function moveMemberships(job: WriteJob, leadId: string, contactId: string): void {
  const members = jobFor(job, 'CampaignMember');
  if (!members) return;
  const ofLead = members.plan.prepare('select * from "CampaignMember" where "LeadId" = ? and "IsDeleted" = 0');
  const ofContact = members.plan.prepare(
    'select "Id" from "CampaignMember" where "CampaignId" = ? and "ContactId" = ? and "IsDeleted" = 0',
  );
  for (const row of ofLead.all(leadId) as StoredRow[]) {
    const id = String(row['Id']);
    const other = ofContact.get(row['CampaignId'] ?? null, contactId)?.['Id'];
    if (other === undefined) touchRow(members, id, { ContactId: contactId });
    else {
      deleteStored(members, row, { root: id });
      touchRow(members, String(other), { LeadId: leadId });
    }
  }
}
