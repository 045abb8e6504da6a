import { toId18 } from '../../data/ids.ts';
import type { ActionCall } from '../action-call.ts';
import { missingInput } from '../check-inputs.ts';
import { isTrue, textOf } from '../input-values.ts';
import { mergeFields } from './merge-fields.ts';
import { ActionError, type ActionInputs } from '../standard-action.ts';

export type MailContent = { readonly subject: string; readonly body: string; readonly isHtml: boolean };

/** Subject and body as given, or those of a template. */
export function composeMail(call: ActionCall, inputs: ActionInputs): MailContent {
  const templateId = textOf(inputs, 'emailTemplateId');
  if (templateId !== undefined) return fromTemplate(call, inputs, templateId);
  const [subject, body] = [textOf(inputs, 'emailSubject'), textOf(inputs, 'emailBody')];
  if (subject === undefined) throw missingInput('emailSubject');
  if (body === undefined) throw missingInput('emailBody');
  const isHtml = isTrue(inputs, 'sendRichBody');
  const breaks = isHtml && isTrue(inputs, 'useLineBreaks');
  return { subject, body: breaks ? body.replaceAll('\n', '<br>') : body, isHtml };
}

function fromTemplate(call: ActionCall, inputs: ActionInputs, text: string): MailContent {
  const sql = 'select "Subject", "HtmlValue", "Body" from "EmailTemplate" where "Id" = ? and "IsActive" = 1';
  const row = call.wire.org.core.db.prepare(sql).get(toId18(text) ?? '');
  if (!row) throw new ActionError('INVALID_ID_FIELD', `${text} is no active email template`, ['emailTemplateId']);
  const [subject, html, plain] = [row['Subject'], row['HtmlValue'], row['Body']].map((value) => String(value ?? ''));
  const content = { subject: subject ?? '', body: html || plain || '', isHtml: html !== '' };
  const merge = mergeFields(call, textOf(inputs, 'recipientId'), textOf(inputs, 'relatedRecordId'));
  const plainly = (value: string): string => value;
  return {
    ...content,
    subject: merge(content.subject, plainly),
    body: merge(content.body, content.isHtml ? escapeHtml : plainly),
  };
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
