import { toId18 } from '../data/ids.ts';
import type { OrgCore } from '../data/org-core.ts';
import { OrgError } from '../data/org-error.ts';
import type { ActionCall } from './action-call.ts';
import { missingInput } from './check-inputs.ts';
import { listOf, textOf } from './input-values.ts';
import { ActionError, type ActionInputs, type StandardAction } from './standard-action.ts';

const MOST_RECIPIENT_IDS = 500;
const LONGEST_TITLE = 250;
const LONGEST_BODY = 750;

/** Rings the bell of users, with a notification of a type that was deployed. */
export const customNotificationAction: StandardAction = {
  name: 'customNotificationAction',
  label: 'Send Custom Notification',
  type: 'CUSTOMNOTIFICATION',
  description: 'Send a custom notification',
  inputs: [
    { name: 'customNotifTypeId', label: 'Custom Notification Type ID', type: 'STRING', required: true },
    { name: 'recipientIds', label: 'Recipient IDs', type: 'STRING', required: true, many: true },
    { name: 'senderId', label: 'Notification Sender ID', type: 'STRING', required: false },
    { name: 'title', label: 'Notification Title', type: 'STRING', required: false },
    { name: 'body', label: 'Notification Body', type: 'STRING', required: true },
    { name: 'targetId', label: 'Target ID', type: 'STRING', required: false },
    { name: 'targetPageRef', label: 'Target Page Reference', type: 'STRING', required: false },
  ],
  outputs: ['SuccessMessage'],
  isOffered: ({ user }) => user.access.system('SendCustomNotifications'),
  invoke,
};

function invoke(call: ActionCall, inputs: ActionInputs): Record<string, string> {
  const { core } = call.wire.org;
  const { outbox, settings } = call.wire;
  const [targetId, targetPageRef] = [textOf(inputs, 'targetId'), textOf(inputs, 'targetPageRef')];
  const [title, body] = [textOf(inputs, 'title') ?? '', textOf(inputs, 'body') ?? ''];
  checkLength('title', title, LONGEST_TITLE);
  checkLength('body', body, LONGEST_BODY);
  if (targetId === undefined && targetPageRef === undefined) throw missingInput('targetId');
  if (targetPageRef !== undefined) checkPageReference(targetPageRef);
  const notification = {
    customNotifTypeId: typeId(core, textOf(inputs, 'customNotifTypeId') ?? ''),
    sentBy: userIdOf(core, textOf(inputs, 'senderId') ?? call.user.userId, 'senderId'),
    recipients: recipientsOf(core, listOf(inputs, 'recipientIds')),
    title,
    body,
    targetId: targetId === undefined ? null : recordId(call, targetId),
    targetPageRef: targetPageRef ?? null,
  };
  if (outbox.notificationsInLastHour() >= settings.notificationsPerHour) {
    throw new ActionError('LIMIT_EXCEEDED', 'The hourly limit of notification actions of this org is reached');
  }
  outbox.putNotification(notification);
  return { SuccessMessage: 'Your custom notification is processed successfully.' };
}

function checkLength(name: string, text: string, most: number): void {
  if (text.length <= most) return;
  throw new ActionError('STRING_TOO_LONG', `${name}: data value too large (max length=${most})`, [name]);
}

function checkPageReference(text: string): void {
  try {
    const { type } = JSON.parse(text) as { type?: unknown };
    if (typeof type === 'string') return;
  } catch {
    // Said below, as of any text that is no page reference.
  }
  throw invalid('targetPageRef', text);
}

const invalid = (name: string, value: string): ActionError =>
  new ActionError('INVALID_INPUT', `The value ${value} of input parameter ${name} is not valid`, [name]);

function typeId(core: OrgCore, text: string): string {
  const id = toId18(text);
  const sql = 'select 1 as found from "CustomNotificationType" where "Id" = ? and "IsDeleted" = 0';
  if (id === undefined || !core.db.prepare(sql).get(id)) throw invalid('customNotifTypeId', text);
  return id;
}

/** Active users, with queues and groups replaced by the users in them. */
function recipientsOf(core: OrgCore, texts: readonly string[]): readonly string[] {
  if (texts.length > MOST_RECIPIENT_IDS) {
    throw new ActionError('LIMIT_EXCEEDED', `recipientIds may have up to ${MOST_RECIPIENT_IDS} values`, [
      'recipientIds',
    ]);
  }
  return [...new Set(texts.flatMap((text) => expand(core, text)))];
}

function expand(core: OrgCore, text: string): readonly string[] {
  const id = toId18(text);
  if (id?.startsWith('00G') !== true) return [userIdOf(core, text, 'recipientIds')];
  if (!core.db.prepare('select 1 as found from "Group" where "Id" = ?').get(id)) throw invalid('recipientIds', text);
  const sql = `select u."Id" as id from "GroupMember" m join "User" u on u."Id" = m."UserOrGroupId"
    where m."GroupId" = ? and u."IsActive" = 1`;
  return core.db
    .prepare(sql)
    .all(id)
    .map((row) => String(row['id']));
}

function userIdOf(core: OrgCore, text: string, input: string): string {
  const id = toId18(text);
  const sql = 'select 1 as found from "User" where "Id" = ? and "IsActive" = 1';
  if (id === undefined || !core.db.prepare(sql).get(id)) throw invalid(input, text);
  return id;
}

/** The record that a click opens; the sender must see it. */
function recordId(call: ActionCall, text: string): string {
  const id = toId18(text);
  const object = id === undefined ? undefined : call.wire.org.core.schema.byPrefix(id.slice(0, 3));
  if (id === undefined || !object) throw invalid('targetId', text);
  try {
    call.wire.org.retrieve(call.user, object.name, id, ['Id']);
    return id;
  } catch (error) {
    if (error instanceof OrgError) throw invalid('targetId', text);
    throw error;
  }
}
