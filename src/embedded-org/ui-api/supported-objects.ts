import type { Org } from '../data/org-core.ts';
import { OrgError } from '../data/org-error.ts';
import type { ObjectDef } from '../data/types.ts';

/** Standard objects of this org that UI API serves; it leaves activities, messages and most of the set-up out. */
const STANDARD: ReadonlySet<string> = new Set([
  'Account', 'Campaign', 'CampaignMember', 'Contact', 'Group', 'Individual', 'Lead', 'ListEmail', 'Opportunity', 'User',
]); // prettier-ignore

/** GraphQL serves activities too, in beta, and field history. */
const GRAPHQL_ONLY = /^(Task|Event|.*(History|FieldHistory|__History))$/;

export const isServed = ({ name }: ObjectDef): boolean => STANDARD.has(name) || name.endsWith('__c');

export const isServedByGraphQl = (object: ObjectDef): boolean => isServed(object) || GRAPHQL_ONLY.test(object.name);

/** The object of a name; throws INVALID_TYPE for one that UI API does not serve. */
export function findServed(org: Org, name: string): ObjectDef {
  const object = org.core.schema.find(name);
  if (!object || !isServed(object)) throw notServed(object?.name ?? name);
  return object;
}

export const notServed = (name: string): OrgError =>
  new OrgError('INVALID_TYPE', `Object ${name} is not supported in UI API`);
