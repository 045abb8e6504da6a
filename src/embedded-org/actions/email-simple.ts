import type { ActionCall } from './action-call.ts';
import { missingInput } from './check-inputs.ts';
import { isTrue, textOf } from './input-values.ts';
import { composeMail } from './mail/compose-mail.ts';
import { findSender } from './mail/find-sender.ts';
import { logMail } from './mail/log-mail.ts';
import { findRecipients } from './mail/recipients.ts';
import { countMail } from './mail/count-mail.ts';
import { ActionError, type ActionInputs, type StandardAction } from './standard-action.ts';

/** Sends one mail into the outbox, as the user or in the name of the organization. */
export const emailSimple: StandardAction = {
  name: 'emailSimple',
  label: 'Send Email',
  type: 'EMAILSIMPLE',
  description: 'Send an email where you specify the subject, body, and recipients.',
  inputs: [
    { name: 'emailAddresses', label: 'Recipient Address List', type: 'STRING', required: false, until: 64 },
    { name: 'emailAddressesArray', label: 'Recipient Address Collection', type: 'STRING', required: false, many: true, until: 64 },
    { name: 'ccRecipientAddressList', label: 'CC Recipient Address List', type: 'STRING', required: false, since: 62, until: 64 },
    { name: 'ccRecipientAddressCollection', label: 'CC Recipient Address Collection', type: 'STRING', required: false, many: true, since: 64, until: 64 },
    { name: 'bccRecipientAddressList', label: 'BCC Recipient Address List', type: 'STRING', required: false, since: 62, until: 64 },
    { name: 'bccRecipientAddressCollection', label: 'BCC Recipient Address Collection', type: 'STRING', required: false, many: true, since: 64, until: 64 },
    { name: 'recipientAddresses', label: 'Recipient Addresses', type: 'STRING', required: false, many: true, since: 65 },
    { name: 'ccAddresses', label: 'CC Addresses', type: 'STRING', required: false, many: true, since: 65 },
    { name: 'bccAddresses', label: 'BCC Addresses', type: 'STRING', required: false, many: true, since: 65 },
    { name: 'senderType', label: 'Sender Type', type: 'STRING', required: false },
    { name: 'senderAddress', label: 'Sender Email Address', type: 'STRING', required: false },
    { name: 'emailSubject', label: 'Subject', type: 'STRING', required: false },
    { name: 'emailBody', label: 'Body', type: 'TEXTAREA', required: false },
    { name: 'sendRichBody', label: 'Rich-Text-Formatted Body', type: 'BOOLEAN', required: false },
    { name: 'useLineBreaks', label: 'Use Line Breaks', type: 'BOOLEAN', required: false },
    { name: 'emailTemplateId', label: 'Email Template ID', type: 'REFERENCE', required: false },
    { name: 'recipientId', label: 'Recipient ID', type: 'REFERENCE', required: false },
    { name: 'relatedRecordId', label: 'Related Record ID', type: 'REFERENCE', required: false },
    { name: 'logEmailOnSend', label: 'Log Email on Send', type: 'BOOLEAN', required: false },
  ],
  outputs: [],
  isOffered: () => true,
  invoke: send,
}; // prettier-ignore

function send(call: ActionCall, inputs: ActionInputs): null {
  if (!call.user.access.system('EmailSingle')) {
    throw new ActionError('INSUFFICIENT_ACCESS', 'Sending email takes the permission Send Email');
  }
  const recipients = findRecipients(call, inputs);
  if (recipients.to.length + recipients.cc.length + recipients.bcc.length === 0) throw missingInput('emailAddresses');
  const sender = findSender(call, inputs);
  const content = composeMail(call, inputs);
  const isLogged = isTrue(inputs, 'logEmailOnSend');
  const limit = isLogged || inputs['emailTemplateId'] !== undefined ? 'SingleEmail' : 'DailyWorkflowEmails';
  const count = countMail(call, limit, [...recipients.to, ...recipients.cc, ...recipients.bcc]);
  const { person, to, cc, bcc } = recipients;
  const mail = { ...content, from: sender.address, fromName: sender.name, to, cc, bcc, sentBy: call.user.userId };
  const emailMessageId = isLogged ? logMail(call, mail, person, textOf(inputs, 'relatedRecordId')) : null;
  call.wire.outbox.putMail({ ...mail, emailMessageId });
  count();
  return null;
}
