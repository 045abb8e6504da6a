import { OrgError } from '../../data/org-error.ts';
import { noteSeen, seenRecords } from '../../data/seen-records.ts';
import type { ObjectDef } from '../../data/types.ts';
import { header, ok, type RestAnswer, type RestCall, type RestRoute } from '../../http/rest-call.ts';

/** Records that the user looked at last. */
export const recentRoutes: readonly RestRoute[] = [{ method: 'GET', path: 'recent', handle: recent }];

/** Notes a record for the user's list when `Sforce-Mru: updateMru=true` asks for it; the API does so only then. */
export function noteRecent(call: RestCall, object: ObjectDef, id: string): void {
  if (!/updateMru\s*=\s*true/i.test(header(call, 'sforce-mru') ?? '')) return;
  noteSeen(call.wire.org.core, call.user.userId, { object: object.name, id }, 'VIEW');
}

/** The user's last records of an object, or of any, that are still there for the user. */
export function recentItems(call: RestCall, objectName?: string): readonly object[] {
  const items = seenRecords(call.wire.org.core.db, call.user.userId);
  const wanted = items.filter((item) => objectName === undefined || item.object === objectName);
  return wanted.flatMap(({ object, id }) => readItem(call, object, id));
}

function recent(call: RestCall): RestAnswer {
  const text = call.query.get('limit');
  const limit = Number(text ?? 200);
  if (!Number.isInteger(limit) || limit < 1) {
    throw new OrgError('INVALID_INPUT', `limit must be a positive number, not ${text}`, 400);
  }
  return ok(recentItems(call).slice(0, limit));
}

function readItem(call: RestCall, objectName: string, id: string): readonly object[] {
  const object = call.wire.org.core.schema.find(objectName);
  const name = object?.fields.find((field) => field.nameField)?.name;
  try {
    return [
      call.wire.org.retrieve(call.user, objectName, id, name === undefined ? ['Id'] : ['Id', name], call.version),
    ];
  } catch (error) {
    if (error instanceof OrgError) return [];
    throw error;
  }
}
