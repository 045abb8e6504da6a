import { type Check, many } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { lookAt, unseen } from '../look.ts';
import { holdersOf } from './permission-holders.ts';

/** Finds who could back-date evidence or change what only the service may write. Counts, never names. */
export const checkRightsHolders: Check = async ({ crm, serviceUsers }) => {
  const service = serviceUsers.seen ? serviceUsers.value.map((each) => each.id) : [];
  const look = await lookAt(async () => {
    const audit = await holdersOf(crm, 'PermissionsCreateAuditFields');
    const modify = await holdersOf(crm, 'PermissionsModifyAllData');
    return [
      ...(audit.size > 0 ? [backDating(audit.size)] : []),
      ...(modify.size > 0 ? [modifying(modify.size)] : []),
      ...(service.some((id) => modify.has(id)) ? [tooMighty] : []),
    ];
  });
  return look.seen ? look.value : [unseen('rights-holders', 'Who may set audit fields and change all data', look.why)];
};

const backDating = (count: number): Finding => ({
  id: 'audit-field-holders',
  severity: 'warns',
  title: `${many(count, 'active user')} may say who created a record and when, and so back-date a signature or an activity.`,
  evidence: [`Set Audit Fields upon Record Creation: ${many(count, 'active user')}`],
  fixedBy: 'administrator',
  how:
    'Take the permission away outside of migrations: Setup → Permission Sets or Profiles → System Permissions → ' +
    'Set Audit Fields upon Record Creation.',
});

const modifying = (count: number): Finding => ({
  id: 'modify-all-holders',
  severity: 'info',
  title: `${many(count, 'active user')} may change all data, Accord's records included. Validation rules still hold for them.`,
  evidence: [`Modify All Data: ${many(count, 'active user')}`],
  fixedBy: 'administrator',
  how: 'Keep it to administrators: Setup → Permission Sets or Profiles → System Permissions → Modify All Data.',
});

const tooMighty: Finding = {
  id: 'service-modifies-all',
  severity: 'warns',
  title: 'The user of the service may change all data, which it never needs.',
  evidence: ['Modify All Data: held by a user with the permission set Accord_Service'],
  fixedBy: 'administrator',
  how:
    'Give it the permission sets Accord_Service and Accord_Service_Org on a profile without Modify All Data, such as ' +
    'Minimum Access - API Only Integrations.',
};
