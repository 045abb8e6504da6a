import type { ActionCall } from '../action-call.ts';
import { missingInput } from '../check-inputs.ts';
import { textOf } from '../input-values.ts';
import { ActionError, type ActionInputs } from '../standard-action.ts';

export type Sender = { readonly address: string; readonly name: string };

/** Whose address stands in From; it must be verified. */
export function findSender(call: ActionCall, inputs: ActionInputs): Sender {
  const type = textOf(inputs, 'senderType') ?? 'CurrentUser';
  const sender = type === 'CurrentUser' ? currentUser(call) : senderOf(call, inputs, type);
  if (call.wire.outbox.isVerified(sender.address)) return sender;
  throw new ActionError(
    'UNVERIFIED_SENDER_ADDRESS',
    `${sender.address} is not verified. Verify the email address of the sender, then send again.`,
    ['senderAddress'],
  );
}

function senderOf(call: ActionCall, inputs: ActionInputs, type: string): Sender {
  if (type === 'OrgWideEmailAddress') {
    const address = textOf(inputs, 'senderAddress');
    if (address === undefined) throw missingInput('senderAddress');
    return orgWideAddress(call, address);
  }
  if (type === 'DefaultWorkflowUser') {
    throw new ActionError('INVALID_INPUT', 'This org has no default workflow user', ['senderType']);
  }
  throw new ActionError('INVALID_INPUT', `${type} is no type of sender`, ['senderType']);
}

function currentUser(call: ActionCall): Sender {
  const row = call.wire.org.core.db.prepare('select "Email" from "User" where "Id" = ?').get(call.user.userId);
  return { address: String(row?.['Email']), name: call.user.name };
}

/** Given by its address; without "allow all profiles" it is nobody's, for profiles are not assigned to addresses here. */
function orgWideAddress(call: ActionCall, address: string): Sender {
  const sql = 'select "Address", "DisplayName", "IsAllowAllProfiles" from "OrgWideEmailAddress" where "Address" = ?';
  const row = call.wire.org.core.db.prepare(sql).get(address);
  if (row?.['IsAllowAllProfiles'] === 1) return { address: String(row['Address']), name: String(row['DisplayName']) };
  throw new ActionError('INVALID_INPUT', `${address} is no organization-wide email address that you may send from`, [
    'senderAddress',
  ]);
}
