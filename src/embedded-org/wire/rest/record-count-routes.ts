import { OrgError } from '../../data/org-error.ts';
import type { ObjectDef } from '../../data/types.ts';
import { ok, type RestAnswer, type RestCall, type RestRoute } from '../../http/rest-call.ts';

/** How many records each object holds, whoever may see them. */
export const recordCountRoutes: readonly RestRoute[] = [
  { method: 'GET', path: 'limits/recordCount', handle: countRecords },
];

function countRecords(call: RestCall): RestAnswer {
  if (!call.user.access.system('ViewSetup')) {
    throw new OrgError('INSUFFICIENT_ACCESS', 'insufficient access rights on resource', 403);
  }
  const { schema } = call.wire.org.core;
  const names = (call.query.get('sObjects') ?? '').split(',').filter((name) => name.trim() !== '');
  const named = names.flatMap((name) => schema.find(name.trim()) ?? []);
  const objects = names.length > 0 ? named : schema.all();
  const sObjects = objects.filter(isCounted).map((object) => ({ count: count(call, object), name: object.name }));
  return ok({ sObjects });
}

/** Salesforce leaves out what hangs on other records: history, shares, change events. */
const isCounted = (object: ObjectDef): boolean =>
  object.queryable && !/(History|Share|ChangeEvent|Feed)$/.test(object.name) && object.keyPrefix !== '';

function count({ wire, version }: RestCall, object: ObjectDef): number {
  const options = { includeDeleted: false, apiVersion: version };
  return wire.org.query(wire.org.system(), `SELECT COUNT() FROM ${object.name}`, options).totalSize;
}
