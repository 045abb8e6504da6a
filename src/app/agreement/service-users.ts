import type { Crm } from '../ports.ts';

/**
 * Finds who runs the service: users with the permission set Accord_Service.
 *
 * Empty where the signed-in user may not read permission sets; the service itself judges every signature again.
 */
export async function findServiceUsers(crm: Crm): Promise<ReadonlySet<string>> {
  if (!(await crm.describe('PermissionSetAssignment'))) return new Set();
  const held = await crm.query(
    "SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSet.Name = 'Accord_Service'",
  );
  return new Set(held.map((each) => String(each['AssigneeId'])));
}
