import { quotedList } from '../../ports/soql-text.ts';
import { type Crm, PortError } from '../../ports.ts';
import { fieldOf } from './text-field.ts';

/**
 * Active users with a permission, by profile or permission set; of all, or of those with the ids given.
 *
 * Some permissions exist only where the org has switched them on.
 */
export async function holdersOf(crm: Crm, permission: string, among?: readonly string[]): Promise<ReadonlySet<string>> {
  const described = await crm.describe('PermissionSet');
  if (!described) throw new PortError('missing', 'This user may not look who holds which permission.');
  if (!described.fields.some((field) => field.name === permission)) return new Set();
  const ofThose = (field: string): string => (among ? ` AND ${field} IN ${quotedList(among)}` : '');
  const bySet = await crm.query(
    'SELECT AssigneeId FROM PermissionSetAssignment ' +
      `WHERE Assignee.IsActive = true AND PermissionSet.${permission} = true${ofThose('AssigneeId')}`,
  );
  const byProfile = await crm.query(
    `SELECT Id FROM User WHERE IsActive = true AND Profile.${permission} = true${ofThose('Id')}`,
  );
  return new Set([...bySet.map((row) => fieldOf(row, 'AssigneeId')), ...byProfile.map((row) => fieldOf(row, 'Id'))]);
}
