import type { OrgCore } from '../org-core.ts';
import { historyFieldName } from '../schema/standard/history.ts';
import type { ObjectDef, UserContext } from '../types.ts';
import type { SqlPart } from './sql-part.ts';

/**
 * Leaves the history rows of fields that the user may read, and those of events such as `created`.
 *
 * Rows of a custom field that is gone are left to nobody: who may read it can no longer be told.
 */
export function tellingHistorySql(core: OrgCore, user: UserContext, history: ObjectDef, alias: string): SqlPart {
  const object = trackedObject(core, history);
  if (object === undefined) return { text: '1', params: [] };
  const hidden = object.fields.filter((field) => !user.access.field(object.name, field.name).read);
  const present = object.fields.filter((field) => field.custom);
  return {
    text: `(${alias}."Field" not in (select value from json_each(?))
      and (substr(${alias}."Field", -3) <> '__c' or ${alias}."Field" in (select value from json_each(?))))`,
    params: [hidden, present].map((fields) => JSON.stringify(fields.map(historyFieldName))),
  };
}

function trackedObject(core: OrgCore, history: ObjectDef): ObjectDef | undefined {
  if (history.sharingParent === undefined) return undefined;
  const [parentName = ''] = core.schema.field(history, history.sharingParent)?.referenceTo ?? [];
  const parent = core.schema.find(parentName);
  return parent?.historyObject === history.name ? parent : undefined;
}
