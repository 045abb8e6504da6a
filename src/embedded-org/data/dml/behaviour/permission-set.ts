import { rowError } from '../row-error.ts';
import type { WriteJob } from '../write-job.ts';
import type { Behaviour } from './behaviour.ts';

/** A set that a session has to activate is of the type Session. */
export const permissionSetBehaviour: Behaviour = {
  beforeSave: (_job, row) => {
    if (row['IsOwnedByProfile'] === 1) return;
    row['Type'] = row['HasActivationRequired'] === 1 ? 'Session' : 'Regular';
  },
};

/** A permission set is assigned to a user once, and only to users of its licence if it has one. */
export const permissionSetAssignmentBehaviour: Behaviour = {
  beforeSave: (job, row) => {
    const [assignee, permissionSet] = [String(row['AssigneeId']), String(row['PermissionSetId'])];
    checkLicense(job, assignee, permissionSet);
    const sql = 'select 1 as found from "PermissionSetAssignment" where "AssigneeId" = ? and "PermissionSetId" = ?';
    if (!job.plan.prepare(sql).get(assignee, permissionSet)) return;
    const message = `Duplicate PermissionSetAssignment. Assignee: ${assignee}; Permission Set: ${permissionSet}`;
    throw rowError('DUPLICATE_VALUE', message, ['AssigneeId', 'PermissionSetId']);
  },
};

function checkLicense(job: WriteJob, assignee: string, permissionSet: string): void {
  const sql = `select s."Label" as label, u."Username" as username from "PermissionSet" s, "User" u
    join "Profile" p on p."Id" = u."ProfileId"
    where s."Id" = ? and u."Id" = ? and s."LicenseId" is not null and s."LicenseId" <> p."UserLicenseId"`;
  const misfit = job.plan.prepare(sql).get(permissionSet, assignee);
  if (!misfit) return;
  const { label, username } = misfit;
  const message = `Can't assign permission set ${String(label)} to user ${String(username)}. The user license doesn't match.`;
  throw rowError('FIELD_INTEGRITY_EXCEPTION', message, ['PermissionSetId']);
}
