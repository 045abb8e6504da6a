import type { ObjectDef, UserContext } from '../data/types.ts';
import { pathOf } from '../data/changes/change-event.ts';
import type { ChangePayload } from '../data/changes/change-payload.ts';

/** Objects without View All of their own. */
const BY_VIEW_ALL_DATA: ReadonlySet<string> = new Set(['Task', 'Event', 'EmailMessage']);

/** Whether a user may hear of an object's changes: sharing plays no part, so it takes the right to see all its records. */
export function mayHear(user: UserContext, object: ObjectDef): boolean {
  if (object.name === 'User') return user.access.system('ViewAllUsers');
  if (BY_VIEW_ALL_DATA.has(object.name)) return user.access.system('ViewAllData');
  const { read, viewAll } = user.access.object(object.name);
  return read && viewAll;
}

/** The event without the fields that the user may not read. */
export function viewOf(user: UserContext, object: ObjectDef, payload: ChangePayload): ChangePayload {
  const hidden = new Set(
    object.fields.filter((field) => !user.access.field(object.name, field.name).read).map((field) => pathOf(field)),
  );
  if (hidden.size === 0) return payload;
  const { ChangeEventHeader: header, ...body } = payload;
  return {
    ChangeEventHeader: { ...header, changedFields: header.changedFields.filter((path) => !hidden.has(path)) },
    ...withoutHidden(body, hidden),
  };
}

function withoutHidden(body: Readonly<Record<string, unknown>>, hidden: ReadonlySet<string>): Record<string, unknown> {
  const seen = Object.entries(body).filter(([name]) => !hidden.has(name));
  return Object.fromEntries(
    seen.flatMap(([name, value]) => {
      if (typeof value !== 'object' || value === null) return [[name, value]];
      const parts = Object.entries(value).filter(([part]) => !hidden.has(`${name}.${part}`));
      return parts.length === 0 ? [] : [[name, Object.fromEntries(parts)]];
    }),
  );
}
