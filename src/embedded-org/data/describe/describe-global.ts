import type { OrgCore } from '../org-core.ts';
import type { ObjectDef, UserContext } from '../types.ts';
import { sobjectsUrl } from '../values.ts';

const LARGEST_BATCH = 200;

/** The body of `/sobjects`: every object the user may read. */
export function describeGlobal(core: OrgCore, user: UserContext, apiVersion: number): Record<string, unknown> {
  const readable = core.schema.all().filter((object) => user.access.object(object.name).read);
  const sobjects = readable.map((object) => describeSummary(object, user, apiVersion)).toSorted(byName);
  return { encoding: 'UTF-8', maxBatchSize: LARGEST_BATCH, sobjects };
}

/** What the list of objects and the describe of one object share. */
export function describeSummary(object: ObjectDef, user: UserContext, apiVersion: number): Record<string, unknown> {
  const rights = user.access.object(object.name);
  const url = `${sobjectsUrl(apiVersion)}/${object.name}`;
  const isRecord = !object.setup && object.createable;
  return {
    activateable: false,
    associateEntityType: object.name.endsWith('History') ? 'History' : null,
    associateParentEntity: object.name.endsWith('History') ? object.name.replace(/(Field)?History$/, '') : null,
    createable: object.createable && rights.create,
    custom: object.custom,
    customSetting: false,
    deepCloneable: false,
    deletable: object.deletable && rights.delete,
    deprecatedAndHidden: false,
    feedEnabled: false,
    hasSubtypes: false,
    idEnabled: true,
    isInterface: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix === '' ? null : object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: isRecord,
    mergeable: ['Account', 'Contact', 'Lead'].includes(object.name) && rights.edit,
    mruEnabled: isRecord,
    name: object.name,
    queryable: object.queryable,
    replicateable: object.fields.some((field) => field.name === 'SystemModstamp'),
    retrieveable: true,
    searchable: isRecord,
    triggerable: isRecord,
    undeletable: object.undeletable && rights.delete,
    updateable: object.updateable && rights.edit,
    urls: { sobject: url, describe: `${url}/describe`, rowTemplate: `${url}/{ID}` },
  };
}

const byName = (a: Record<string, unknown>, b: Record<string, unknown>): number =>
  String(a['name']) < String(b['name']) ? -1 : 1;
