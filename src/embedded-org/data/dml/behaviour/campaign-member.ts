import { zonedDay } from '../../formula/format-value.ts';
import type { StoredRow } from '../object-plan.ts';
import { rowError } from '../row-error.ts';
import type { WriteJob } from '../write-job.ts';
import { isNewOrChanged, type Behaviour } from './behaviour.ts';

/** One person stands once in a campaign, with one of the campaign's own statuses, which says whether they responded. */
export const campaignMemberBehaviour: Behaviour = {
  beforeDefaults: (job, row) => {
    row['Status'] = statusOf(job, row)?.label ?? null;
  },
  beforeSave: (job, row, old) => {
    if (!old) checkPerson(job, row);
    if (!isNewOrChanged(row, old, 'Status')) return;
    const status = statusOf(job, row);
    if (status) row['Status'] = status.label;
    row['HasResponded'] = status?.hasResponded ?? 0;
    if (row['HasResponded'] === 1) row['FirstRespondedDate'] ??= zonedDay(job.core.clock.now(), job.user.timeZone);
  },
};

type Status = { readonly label: string; readonly hasResponded: number };

/** The campaign's status of that name, or its default one for a name it does not have. */
function statusOf(job: WriteJob, row: StoredRow): Status | undefined {
  const sql = `select "Label", "HasResponded" from "CampaignMemberStatus" where "CampaignId" = ? and "IsDeleted" = 0
    order by "Label" = ? desc, "IsDefault" desc limit 1`;
  const found = job.plan.prepare(sql).get(row['CampaignId'] ?? null, row['Status'] ?? null);
  return found && { label: String(found['Label']), hasResponded: Number(found['HasResponded']) };
}

function checkPerson(job: WriteJob, row: StoredRow): void {
  const people = ['LeadId', 'ContactId'].filter((name) => (row[name] ?? null) !== null);
  const [column] = people;
  if (column === undefined)
    throw rowError('REQUIRED_FIELD_MISSING', 'Required fields are missing: [LeadId, ContactId]', []);
  if (people.length > 1) {
    throw rowError('FIELD_INTEGRITY_EXCEPTION', 'A campaign member is a lead or a contact, not both', people);
  }
  const sql = `select 1 as found from "CampaignMember" where "CampaignId" = ? and "${column}" = ? and "IsDeleted" = 0`;
  const known = job.plan.prepare(sql).get(row['CampaignId'] ?? null, row[column] ?? null);
  if (known) throw rowError('DUPLICATE_VALUE', 'Already a campaign member.', []);
}
