import type { StoredRow } from '../object-plan.ts';
import { rowError } from '../row-error.ts';
import type { WriteJob } from '../write-job.ts';
import { isNewOrChanged, type Behaviour } from './behaviour.ts';
import { dependsOn } from './granted-rights.ts';

/** A set has an API name of its own; one that a session has to activate is of the type Session. */
export const permissionSetBehaviour: Behaviour = {
  beforeSave: (job, row, old) => {
    if (row['IsOwnedByProfile'] === 1) return;
    if (isNewOrChanged(row, old, 'Name')) checkName(job, row);
    if (row['PermissionsModifyAllData'] === 1 && row['PermissionsViewAllData'] !== 1)
      throw dependsOn('ModifyAllData', 'ViewAllData', ['PermissionsViewAllData']);
    row['Type'] = row['HasActivationRequired'] === 1 ? 'Session' : 'Regular';
  },
};

function checkName(job: WriteJob, row: StoredRow): void {
  const name = String(row['Name'] ?? '');
  if (name !== '' && !/^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(name)) {
    const message =
      'The Permission Set API Name can only contain underscores and alphanumeric characters. It must be unique, begin ' +
      'with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.';
    throw rowError('FIELD_INTEGRITY_EXCEPTION', message, ['Name']);
  }
  const taken = job.plan.prepare('select 1 as found from "PermissionSet" where "Name" = ? and "Id" <> ?');
  if (taken.get(name, row['Id'] ?? '') === undefined) return;
  throw rowError('DUPLICATE_DEVELOPER_NAME', `The API name ${name} is already used by another permission set.`, [
    'Name',
  ]);
}

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
