import { type Check, countBy, many } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { lookAt, unseen } from '../look.ts';

const holders =
  'SELECT COUNT_DISTINCT(AssigneeId) n FROM PermissionSetAssignment WHERE Assignee.IsActive = true AND ' +
  "(PermissionSet.Name LIKE '%ActivityCapture%' OR PermissionSet.Label LIKE '%Activity Capture%')";

const recentMail = 'SELECT COUNT(Id) n FROM EmailMessage WHERE CreatedDate = LAST_N_DAYS:30';
const recentTasks = "SELECT COUNT(Id) n FROM Task WHERE TaskSubtype = 'Email' AND CreatedDate = LAST_N_DAYS:30";

/**
 * Finds out whether mail may reach buyers without leaving a record.
 *
 * Einstein Activity Capture can keep mail outside of the org's records, and no setting that an API shows tells whether it
 * does. Where people use it and no mail has become a record, a touch by mail would be called missed.
 */
export const checkActivityCapture: Check = async ({ crm }) => {
  const captured = await lookAt(() => countBy(crm, holders));
  if (!captured.seen) return [unseen('activity-capture', 'Who uses activity capture', captured.why)];
  if (captured.value === 0) return [];
  const mails = await lookAt(() => countBy(crm, recentMail));
  const tasks = await lookAt(() => countBy(crm, recentTasks));
  const records = (mails.seen ? mails.value : 0) + (tasks.seen ? tasks.value : 0);
  const users = `${many(captured.value, 'active user has', 'active users have')} a permission set for it`;
  return [records === 0 ? hidden(users) : uncertain(users, records)];
};

const how =
  'Let it store e-mail and events as Salesforce records: Setup → Einstein Activity Capture → Settings → ' +
  'Sync Email as Salesforce Activity. Where that is not possible, log calls and mail as tasks.';

const hidden = (users: string): Finding => ({
  id: 'activity-hidden',
  severity: 'blocks-enforce',
  title: 'People use activity capture and their mail leaves no record, so touches by mail cannot be seen.',
  evidence: [users, 'no e-mail has become a record in the last 30 days'],
  fixedBy: 'administrator',
  how,
});

const uncertain = (users: string, records: number): Finding => ({
  id: 'activity-capture',
  severity: 'warns',
  title: 'People use activity capture; whether all of their mail becomes a record cannot be told from outside.',
  evidence: [users, `${many(records, 'e-mail has', 'e-mails have')} become records in the last 30 days`],
  fixedBy: 'administrator',
  how,
});
