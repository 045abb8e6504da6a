import { OrgError } from '../../data/org-error.ts';
import type { LimitName } from '../../http/org-limits.ts';
import type { ActionCall } from '../action-call.ts';
import { ActionError } from '../standard-action.ts';

/**
 * Makes sure that the day's limit has room for the external ones among the addresses; the function returned counts them.
 *
 * In two steps, because a mail that then cannot be logged is not sent and does not count.
 */
export function countMail(call: ActionCall, limit: LimitName, addresses: readonly string[]): () => void {
  const { limits, org } = call.wire;
  const isUser = org.core.db.prepare('select 1 as found from "User" where "Email" = ? and "IsActive" = 1');
  const external = addresses.filter((address) => isUser.get(address) === undefined).length;
  if (limits.used(limit) + external > limits.max(limit)) {
    const code = limit === 'SingleEmail' ? 'SINGLE_EMAIL_LIMIT_EXCEEDED' : 'LIMIT_EXCEEDED';
    throw new ActionError(code, 'Email limit exceeded');
  }
  return () => {
    try {
      limits.consume(limit, external, 'Email limit exceeded');
    } catch (error) {
      if (error instanceof OrgError) throw new ActionError('LIMIT_EXCEEDED', error.message);
      throw error;
    }
  };
}
