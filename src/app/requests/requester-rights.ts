import type { Crm } from '../ports.ts';
import { quoted, quotedList } from '../ports/soql-text.ts';

/** Whether a user holds one of these permission sets. */
export async function holdsOneOf(crm: Crm, userId: string, permissionSets: readonly string[]): Promise<boolean> {
  const held = await crm.query(
    `SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = ${quoted(userId)} ` +
      `AND PermissionSet.Name IN ${quotedList(permissionSets)} LIMIT 1`,
  );
  return held.length > 0;
}

/** Whether a user may read a record, by the org's own word. */
export async function mayRead(crm: Crm, userId: string, recordId: string): Promise<boolean> {
  const [access] = await crm.query(
    'SELECT RecordId, HasReadAccess FROM UserRecordAccess ' +
      `WHERE UserId = ${quoted(userId)} AND RecordId = ${quoted(recordId)}`,
  );
  return access?.['HasReadAccess'] === true;
}
