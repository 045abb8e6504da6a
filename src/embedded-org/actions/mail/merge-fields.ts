import { toId18 } from '../../data/ids.ts';
import { OrgError } from '../../data/org-error.ts';
import type { ActionCall } from '../action-call.ts';
import { ActionError } from '../standard-action.ts';

type Merge = (text: string, encode: (value: string) => string) => string;

/** `{!Lead.FirstName}` of a classic template and `{{{Recipient.FirstName}}}` of a Lightning one. */
const FIELD = /\{!\s*(\w+)\.(\w+)\s*\}|\{\{\{\s*(\w+)\.(\w+)\s*\}\}\}/g;

/**
 * Fills the merge fields of a template from the recipient, the related record, the sender and the organization.
 *
 * Reads as the sender. An empty field leaves nothing; what cannot be filled, formulas included, fails the mail.
 */
export function mergeFields(call: ActionCall, recipientId: string | undefined, relatedId: string | undefined): Merge {
  const { core } = call.wire.org;
  const sender = call.user.userId;
  const ids = new Map([
    ['user', sender],
    ['sender', sender],
    ['organization', core.organizationId],
  ]);
  for (const id of [relatedId, recipientId].flatMap((each) => toId18(each ?? '') ?? [])) {
    ids.set(core.schema.byPrefix(id.slice(0, 3))?.name.toLowerCase() ?? '', id);
    if (id === toId18(recipientId ?? '')) ids.set('recipient', id);
  }
  return (text, encode) => {
    const filled = text.replaceAll(FIELD, (whole, object?: string, field?: string, record?: string, name?: string) => {
      const id = ids.get((object ?? record ?? '').toLowerCase());
      if (id === undefined) throw unfilled(whole);
      return encode(valueOf(call, id, field ?? name ?? '', whole));
    });
    const rest = /\{!.*|\{\{.*/.exec(text.replaceAll(FIELD, ''));
    if (rest) throw unfilled(rest[0].slice(0, 80));
    return filled;
  };
}

function valueOf(call: ActionCall, id: string, field: string, whole: string): string {
  const object = call.wire.org.core.schema.byPrefix(id.slice(0, 3));
  const found = object && call.wire.org.core.schema.field(object, field);
  if (!object || !found) throw unfilled(whole);
  try {
    const value = call.wire.org.retrieve(call.user, object.name, id, [found.name])[found.name];
    return ['string', 'number', 'boolean'].includes(typeof value) ? `${value as string | number | boolean}` : '';
  } catch (error) {
    if (error instanceof OrgError) throw unfilled(whole);
    throw error;
  }
}

const unfilled = (text: string): ActionError =>
  new ActionError('INVALID_INPUT', `The embedded org cannot fill ${text} of the email template for this mail`, [
    'emailTemplateId',
  ]);
