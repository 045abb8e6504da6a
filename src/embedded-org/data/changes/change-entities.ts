import type { ObjectDef, Schema } from '../types.ts';

/** Standard objects whose changes can be captured; of custom objects all can. */
const STANDARD: ReadonlySet<string> = new Set([
  'Account',
  'Campaign',
  'CampaignMember',
  'Case',
  'Contact',
  'EmailMessage',
  'Event',
  'Individual',
  'Lead',
  'Opportunity',
  'OpportunityContactRole',
  'Task',
  'User',
]);

/** `Lead` → `LeadChangeEvent`, `Wish__c` → `Wish__ChangeEvent`. */
const changeEventName = (objectName: string): string =>
  objectName.endsWith('__c') ? objectName.replace(/__c$/, '__ChangeEvent') : `${objectName}ChangeEvent`;

/** The object of a change event's name; names of events are case-sensitive. */
export function findEntity(schema: Schema, eventName: string): ObjectDef | undefined {
  const name = eventName.endsWith('__ChangeEvent')
    ? eventName.replace(/__ChangeEvent$/, '__c')
    : eventName.replace(/ChangeEvent$/, '');
  const object = schema.find(name);
  return object && canBeCaptured(object) && changeEventName(object.name) === eventName ? object : undefined;
}

export const canBeCaptured = (object: ObjectDef): boolean =>
  object.custom ? object.name.endsWith('__c') : STANDARD.has(object.name);
