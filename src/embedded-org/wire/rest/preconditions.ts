import { OrgError } from '../../data/org-error.ts';
import type { ObjectDef } from '../../data/types.ts';
import { header, type RestCall } from '../../http/rest-call.ts';

/**
 * Throws unless the record is as the headers of an update say: 412 for one changed after `If-Unmodified-Since`.
 *
 * The platform compares entity tags with Accounts alone. This org gives none, so that no `If-Match` of an Account holds.
 */
export function requirePreconditions(call: RestCall, object: ObjectDef, id: string): void {
  const tags = object.name === 'Account' ? header(call, 'if-match') : undefined;
  if (tags !== undefined && tags.trim() !== '*') throw failed(`no entity tag of ${id} is among ${tags}`);
  const since = header(call, 'if-unmodified-since');
  if (since === undefined || !call.wire.org.core.schema.field(object, 'LastModifiedDate')) return;
  const limit = Date.parse(since);
  if (Number.isNaN(limit))
    throw new OrgError('INVALID_HEADER_VALUE', `The header If-Unmodified-Since holds no date: ${since}`, 400);
  const record = call.wire.org.retrieve(call.user, object.name, id, ['LastModifiedDate'], call.version);
  const changed = String(record['LastModifiedDate']);
  if (Date.parse(changed.replace(/\+0000$/, 'Z')) > limit) throw failed(`${id} was changed at ${changed}`);
}

const failed = (why: string): OrgError =>
  new OrgError(
    'PRECONDITION_FAILED',
    `The condition in the headers does not hold: ${why}. Read the record again and repeat the change.`,
    412,
  );
