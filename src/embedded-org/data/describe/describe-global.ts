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
  const isFieldHistory = object.fields.some((field) => field.name === 'OldValue');
  const isSearchable = isRecord && !BETWEEN_RECORDS.has(object.name);
  return {
    activateable: false,
    associateEntityType: isFieldHistory ? 'History' : null,
    associateParentEntity: isFieldHistory ? object.name.replace(/(Field)?History$/, '') : null,
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
    mruEnabled: isSearchable,
    name: object.name,
    queryable: object.queryable,
    replicateable: object.fields.some((field) => field.name === 'SystemModstamp'),
    retrieveable: true,
    searchable: isSearchable,
    triggerable: isRecord,
    undeletable: object.undeletable && rights.delete,
    updateable: object.updateable && rights.edit,
    urls: describeUrls(url, isRecord, isSearchable),
  };
}

/** Records that only join others; nobody looks for them. */
const BETWEEN_RECORDS = new Set(['CampaignMember', 'OpportunityContactRole']);

function describeUrls(url: string, isRecord: boolean, isSearchable: boolean): Record<string, string> {
  const describe = `${url}/describe`;
  const layouts = { layouts: `${describe}/layouts`, compactLayouts: `${describe}/compactLayouts` };
  const lists = { approvalLayouts: `${describe}/approvalLayouts`, listviews: `${url}/listviews` };
  return {
    sobject: url,
    describe,
    rowTemplate: `${url}/{ID}`,
    ...(isRecord ? { ...layouts, quickActions: `${url}/quickActions` } : {}),
    ...(isSearchable ? lists : {}),
  };
}

const byName = (a: Record<string, unknown>, b: Record<string, unknown>): number =>
  String(a['name']) < String(b['name']) ? -1 : 1;
