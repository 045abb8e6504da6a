import type { Crm } from '../../ports.ts';
import { quotedList } from '../../ports/soql-text.ts';
import { type Check, countBy, many } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { lookAt, unseen } from '../look.ts';

const holders = (permission: string, andWhere = ''): string =>
  'SELECT COUNT_DISTINCT(AssigneeId) n FROM PermissionSetAssignment ' +
  `WHERE Assignee.IsActive = true AND PermissionSet.${permission} = true${andWhere}`;

/** Finds who could back-date evidence or change what only the service may write. Counts, never names. */
export const checkRightsHolders: Check = async ({ crm, serviceUsers }) => {
  const look = await lookAt(async () => [
    ...(await auditFindings(crm)),
    ...(await modifyAllFindings(crm)),
    ...(await serviceFindings(crm, serviceUsers.seen ? serviceUsers.value.map((each) => each.id) : [])),
  ]);
  return look.seen ? look.value : [unseen('rights-holders', 'Who may set audit fields and change all data', look.why)];
};

/** The permission exists only where the org lets audit fields be set. */
async function auditFindings(crm: Crm): Promise<readonly Finding[]> {
  const permissionSet = await crm.describe('PermissionSet');
  if (!permissionSet?.fields.some((field) => field.name === 'PermissionsCreateAuditFields')) return [];
  const count = await countBy(crm, holders('PermissionsCreateAuditFields'));
  if (count === 0) return [];
  return [
    {
      id: 'audit-field-holders',
      severity: 'warns',
      title: `${many(count, 'active user')} may say who created a record and when, and so back-date a signature or an activity.`,
      evidence: [`Set Audit Fields upon Record Creation: ${many(count, 'active user')}`],
      fixedBy: 'administrator',
      how: 'Take the permission away outside of migrations: Setup → Permission Sets or Profiles → System Permissions → Set Audit Fields upon Record Creation.',
    },
  ];
}

async function modifyAllFindings(crm: Crm): Promise<readonly Finding[]> {
  const count = await countBy(crm, holders('PermissionsModifyAllData'));
  if (count === 0) return [];
  return [
    {
      id: 'modify-all-holders',
      severity: 'info',
      title: `${many(count, 'active user')} may change all data, Accord's records included. Validation rules still hold for them.`,
      evidence: [`Modify All Data: ${many(count, 'active user')}`],
      fixedBy: 'administrator',
      how: 'Keep it to administrators: Setup → Permission Sets or Profiles → System Permissions → Modify All Data.',
    },
  ];
}

async function serviceFindings(crm: Crm, serviceIds: readonly string[]): Promise<readonly Finding[]> {
  if (serviceIds.length === 0) return [];
  const andWhere = ` AND AssigneeId IN ${quotedList(serviceIds)}`;
  const count = await countBy(crm, holders('PermissionsModifyAllData', andWhere));
  if (count === 0) return [];
  return [
    {
      id: 'service-modifies-all',
      severity: 'warns',
      title: 'The user of the service may change all data, which it never needs.',
      evidence: [`Modify All Data: ${many(count, 'user')} with the permission set Accord Service`],
      fixedBy: 'administrator',
      how: 'Give it the permission sets Accord_Service and Accord_Service_Org on a profile without Modify All Data, such as Minimum Access - API Only Integrations.',
    },
  ];
}
