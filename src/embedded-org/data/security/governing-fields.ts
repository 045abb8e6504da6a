import type { FieldDef, ObjectDef, Schema } from '../types.ts';

type Governing = readonly [ObjectDef, FieldDef];

/**
 * The fields whose permissions a field has, of which all must be granted.
 *
 * The parts of an address are visible with the address, what an opportunity was with what it is, what a list of
 * activities shows with the field of the task and the event that it comes from, and what a member of a campaign shows
 * with the field of the lead and the contact, whose it may be.
 */
export function governingFields(schema: Schema, object: ObjectDef, field: FieldDef): readonly Governing[] {
  if (object.name === 'CampaignMember' && !field.custom && field.sql !== undefined)
    return [[object, field], ...personFields(schema, field.name)];
  const sources = SOURCES[object.name] ?? [];
  const name = sources.includes('Task') ? (RENAMED[field.name] ?? field.name) : field.name;
  const found = sources.flatMap((source) => fieldOf(schema, source, name));
  if (found.length > 0) return found;
  if (field.compoundFieldName === undefined) return [[object, field]];
  return [[object, schema.field(object, field.compoundFieldName) ?? field]];
}

const personFields = (schema: Schema, name: string): readonly Governing[] =>
  [
    fieldOf(schema, 'Lead', name === 'CompanyOrAccount' ? 'Company' : name),
    fieldOf(schema, 'Contact', OF_CONTACT[name] ?? name),
  ]
    .flat()
    .flatMap(([object, field]) => governingFields(schema, object, field));

/** Fields of members of campaigns that have another name in contacts. */
const OF_CONTACT: Readonly<Record<string, string>> = {
  Street: 'MailingStreet',
  City: 'MailingCity',
  State: 'MailingState',
  PostalCode: 'MailingPostalCode',
  Country: 'MailingCountry',
  CompanyOrAccount: 'AccountId',
};

const SOURCES: Readonly<Record<string, readonly string[]>> = {
  OpportunityHistory: ['Opportunity'],
  ActivityHistory: ['Task', 'Event'],
  OpenActivity: ['Task', 'Event'],
};

/** Fields of a list of activities that have another name in tasks and events. */
const RENAMED: Readonly<Record<string, string>> = { ActivityType: 'Type' };

function fieldOf(schema: Schema, objectName: string, fieldName: string): readonly Governing[] {
  const object = schema.find(objectName);
  const field = object && schema.field(object, fieldName);
  return object && field ? [[object, field]] : [];
}
