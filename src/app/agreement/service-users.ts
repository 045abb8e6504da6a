import type { Crm } from '../ports.ts';

/** The permission by which one sees who holds which permission set, as Setup names it. */
export const viewSetup = 'View Setup and Configuration';

/** Whether the signed-in user may look who holds which permission set, and what those give. */
export async function maySeeHolders(crm: Crm): Promise<boolean> {
  return (await crm.describe('SetupEntityAccess')) !== undefined;
}

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
