import { toId18 } from '../../data/ids.ts';
import { OrgError } from '../../data/org-error.ts';
import type { ActionCall } from '../action-call.ts';
import { listOf, textOf } from '../input-values.ts';
import { ActionError, type ActionInputs } from '../standard-action.ts';

/** The lead, contact or user that `recipientId` names. */
export type Person = { readonly id: string; readonly object: 'Contact' | 'Lead' | 'User'; readonly address: string };

export type Recipients = {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly person: Person | undefined;
};

/** From this version on a mail may go to 150 addresses instead of 5. */
const MANY_SINCE = 64;
const MOST_BYTES = 4_000;

/** Everybody an input's mail goes to, under whichever names its API version has for them. */
export function findRecipients(call: ActionCall, inputs: ActionInputs): Recipients {
  const recipientId = textOf(inputs, 'recipientId');
  const person = recipientId === undefined ? undefined : findPerson(call, recipientId);
  const named = (...names: readonly string[]): readonly string[] => names.flatMap((name) => addresses(inputs, name));
  const to = [
    ...named('emailAddresses', 'emailAddressesArray', 'recipientAddresses'),
    ...(person === undefined ? [] : [person.address]),
  ];
  const cc = named('ccRecipientAddressList', 'ccRecipientAddressCollection', 'ccAddresses');
  const bcc = named('bccRecipientAddressList', 'bccRecipientAddressCollection', 'bccAddresses');
  const most = call.version >= MANY_SINCE ? 150 : 5;
  const count = to.length + cc.length + bcc.length;
  if (count > most) {
    throw new ActionError('LIMIT_EXCEEDED', `An email can go to ${most} recipients or fewer, this one has ${count}`);
  }
  return { to, cc, bcc, person };
}

function addresses(inputs: ActionInputs, name: string): readonly string[] {
  const value = listOf(inputs, name);
  if (Buffer.byteLength(value.join()) > MOST_BYTES) {
    throw new ActionError('STRING_TOO_LONG', `${name}: data value too large (max length=${MOST_BYTES})`, [name]);
  }
  const texts = value.flatMap((each) => each.split(',')).map((text) => text.trim());
  const wrong = texts.find((text) => !/^[^\s@,;<>"]+@[^\s@,;<>".]+(\.[^\s@,;<>".]+)+$/.test(text));
  if (wrong !== undefined) throw new ActionError('INVALID_EMAIL_ADDRESS', `Invalid email address: ${wrong}`, [name]);
  return texts;
}

function findPerson(call: ActionCall, text: string): Person {
  const id = toId18(text) ?? '';
  const object = call.wire.org.core.schema.byPrefix(id.slice(0, 3))?.name;
  if (object !== 'Contact' && object !== 'Lead' && object !== 'User') {
    throw invalid(`${text} is no lead, contact or user`);
  }
  const address = emailOf(call, object, id);
  if (address === null) throw invalid(`${text} has no email address`);
  return { id, object, address };
}

function emailOf(call: ActionCall, object: string, id: string): string | null {
  try {
    const email = call.wire.org.retrieve(call.user, object, id, ['Email'])['Email'];
    return typeof email === 'string' ? email : null;
  } catch (error) {
    if (error instanceof OrgError) throw invalid(`${id}: ${error.message}`);
    throw error;
  }
}

const invalid = (reason: string): ActionError =>
  new ActionError('INVALID_ID_FIELD', `The recipientId is not valid: ${reason}`, ['recipientId']);
