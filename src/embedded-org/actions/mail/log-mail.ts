import { toId18 } from '../../data/ids.ts';
import { OrgError } from '../../data/org-error.ts';
import { toWireDatetime } from '../../data/values.ts';
import type { InputRow } from '../../data/types.ts';
import type { ActionCall } from '../action-call.ts';
import type { Mail } from '../outbox.ts';
import { ActionError } from '../standard-action.ts';
import type { Person } from './recipients.ts';

const SENT = '3';

type LoggedMail = Omit<Mail, 'emailMessageId'>;

/** Logs a sent mail as a closed task with an email message on the recipient and the related record; returns the message's id. */
export function logMail(
  call: ActionCall,
  mail: LoggedMail,
  person: Person | undefined,
  relatedRecordId: string | undefined,
): string | null {
  const related = relatedRecordId === undefined ? undefined : toId18(relatedRecordId);
  const [who, what] = whoAndWhat(call, person, related);
  // Without a record to log it on, the platform sends a mail and logs nothing.
  if (who === undefined && what === undefined) return null;
  const now = toWireDatetime(call.wire.org.core.clock.stamp());
  const ActivityId = insert(call, 'Task', {
    ...taskOf(mail, now),
    ...(who === undefined ? {} : { WhoId: who }),
    ...(what === undefined ? {} : { WhatId: what }),
  });
  const RelatedToId = what === undefined ? {} : { RelatedToId: what };
  const messageId = insert(call, 'EmailMessage', { ...messageOf(mail, now), ActivityId, ...RelatedToId });
  if (person) relate(call, messageId, 'ToAddress', person.id, person.address);
  relate(call, messageId, 'FromAddress', call.user.userId, mail.from);
  return messageId;
}

const taskOf = (mail: LoggedMail, now: string): InputRow => ({
  Subject: `Email: ${mail.subject}`.slice(0, 255),
  Status: 'Completed',
  Priority: 'Normal',
  TaskSubtype: 'Email',
  ActivityDate: now.slice(0, 10),
  Description: taskText(mail),
});

const messageOf = (mail: LoggedMail, now: string): InputRow => ({
  Subject: mail.subject,
  [mail.isHtml ? 'HtmlBody' : 'TextBody']: mail.body,
  FromAddress: mail.from,
  FromName: mail.fromName,
  ToAddress: mail.to.join('; '),
  CcAddress: mail.cc.join('; '),
  BccAddress: mail.bcc.join('; '),
  MessageDate: now,
  Status: SENT,
});

/** A lead or contact is who a mail concerns, any other record what it concerns. */
function whoAndWhat(
  call: ActionCall,
  person: Person | undefined,
  related: string | undefined,
): readonly [string | undefined, string | undefined] {
  const relatedObject = related === undefined ? undefined : call.wire.org.core.schema.byPrefix(related.slice(0, 3));
  const isPerson = relatedObject?.name === 'Lead' || relatedObject?.name === 'Contact';
  const who = person === undefined || person.object === 'User' ? undefined : person.id;
  return isPerson ? [who ?? related, undefined] : [who, related];
}

const taskText = (mail: LoggedMail): string =>
  [
    `To: ${mail.to.join('; ')}`,
    `CC: ${mail.cc.join('; ')}`,
    `BCC: ${mail.bcc.join('; ')}`,
    '',
    `Subject: ${mail.subject}`,
    'Body:',
    mail.body,
  ]
    .join('\n')
    .slice(0, 32_000);

function relate(
  call: ActionCall,
  EmailMessageId: string,
  RelationType: string,
  RelationId: string,
  RelationAddress: string,
): void {
  insert(call, 'EmailMessageRelation', { EmailMessageId, RelationType, RelationId, RelationAddress });
}

/** Inserts as the sender, whose rights and whose org's rules apply; a refusal fails the action. */
function insert(call: ActionCall, objectName: string, row: InputRow): string {
  const filled = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''));
  try {
    const options = { allOrNone: true, autoAssign: false, apiVersion: call.version };
    const [result] = call.wire.org.insert(call.user, objectName, [filled], options);
    if (result?.id !== undefined) return result.id;
    const [error] = result?.errors ?? [];
    throw new ActionError(error?.statusCode ?? 'UNKNOWN_EXCEPTION', error?.message ?? '', error?.fields);
  } catch (error) {
    if (error instanceof OrgError) throw new ActionError(error.code, error.message, error.fields);
    throw error;
  }
}
