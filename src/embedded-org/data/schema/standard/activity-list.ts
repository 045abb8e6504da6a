import { archivedSql } from '../../archived-activities.ts';
import { IS_PAST_EVENT } from '../../past-events.ts';
import { quoteName } from '../../quote-name.ts';
import type { FieldDef, ObjectDef } from '../../types.ts';
import {
  date,
  datetime,
  field,
  flag,
  int,
  longText,
  lookup,
  picklist,
  restricted,
  standardObject,
  system,
  text,
  type Traits,
} from '../field-builders.ts';
import { event, task } from './activity.ts';

const shown: Traits = { createable: false, updateable: false, permissionable: false };

const fields = (child: string): readonly FieldDef[] => [
  field('Id', 'id', system, { length: 18, defaultedOnCreate: true }),
  lookup('AccountId', ['Account'], shown, { childRelationshipName: child }),
  lookup('WhoId', ['Contact', 'Lead'], shown, { label: 'Name ID', childRelationshipName: child }),
  lookup('WhatId', ['Account', 'Campaign', 'Opportunity'], shown, {
    label: 'Related To ID',
    childRelationshipName: child,
  }),
  field('Subject', 'combobox', shown, { length: 255, picklist: { values: [], restricted: false } }),
  flag('IsTask', system, { label: 'Task' }),
  date('ActivityDate', shown, { label: 'Date' }),
  lookup('OwnerId', ['User'], shown, { label: 'Assigned To ID' }),
  picklist('Status', [], shown),
  picklist('Priority', [], shown),
  flag('IsHighPriority', system, { label: 'High Priority' }),
  picklist('ActivityType', [], shown, { label: 'Type' }),
  flag('IsClosed', system, { label: 'Closed' }),
  flag('IsAllDayEvent', system, { label: 'All-Day Event' }),
  int('DurationInMinutes', 8, shown, { label: 'Duration' }),
  text('Location', 255, shown),
  longText('Description', 32_000, shown),
  flag('IsDeleted', system, { label: 'Deleted' }),
  datetime('CreatedDate', system),
  lookup('CreatedById', ['User'], system),
  datetime('LastModifiedDate', system),
  lookup('LastModifiedById', ['User'], system),
  datetime('SystemModstamp', system),
  int('CallDurationInSeconds', 8, shown, { label: 'Call Duration' }),
  restricted('CallType', ['Internal', 'Inbound', 'Outbound'], shown),
  text('CallDisposition', 255, shown, { label: 'Call Result' }),
  text('CallObject', 255, shown, { label: 'Call Object Identifier' }),
  datetime('ReminderDateTime', shown),
  flag('IsReminderSet', system),
  datetime('EndDateTime', shown),
  datetime('StartDateTime', shown),
  restricted('ActivitySubtype', ['Task', 'Email', 'ListEmail', 'Cadence', 'Call', 'LinkedIn', 'Event'], shown),
  lookup('AlternateDetailId', ['EmailMessage'], shown),
  datetime('CompletedDateTime', shown),
];

/** Where the values of a list come from if not from a field of the same name. */
const OF_TASK: Readonly<Record<string, string>> = {
  IsTask: '1',
  ActivityType: '{Type}',
  ActivitySubtype: '{TaskSubtype}',
  IsAllDayEvent: '0',
  AlternateDetailId: '(select m."Id" from "EmailMessage" m where m."ActivityId" = {Id} and m."IsDeleted" = 0)',
};
const OF_EVENT: Readonly<Record<string, string>> = {
  IsTask: '0',
  ActivityType: '{Type}',
  ActivitySubtype: '{EventSubtype}',
  IsHighPriority: '0',
  IsClosed: '0',
};

const sqlOf = (object: ObjectDef, name: string): string => object.fields.find((each) => each.name === name)?.sql ?? '';

/** Tasks and events under one name each; `_row` tells them apart. */
function rowsSql(list: readonly FieldDef[], isHistory: boolean): string {
  const not = isHistory ? '' : 'not ';
  const tasks = selectSql(
    task,
    list,
    OF_TASK,
    `${not}${sqlOf(task, 'IsClosed')} and (${archivedSql('Task')}) is not true`,
  );
  const events = selectSql(event, list, OF_EVENT, `${not}(${IS_PAST_EVENT}) and (${archivedSql('Event')}) is not true`);
  return `${tasks} union all ${events}`;
}

function selectSql(
  object: ObjectDef,
  list: readonly FieldDef[],
  special: Readonly<Record<string, string>>,
  where: string,
): string {
  const table = quoteName(object.name);
  const columns = list.map(({ name }) => {
    const own = object.fields.find((each) => each.name === name);
    const sql = special[name] ?? own?.sql ?? (own ? `{${name}}` : 'null');
    return `${sql} as ${quoteName(name)}`;
  });
  const text = `select {_row} * 2 + ${object === task ? 0 : 1} as _row, ${columns.join(', ')} from ${table} where ${where}`;
  return text.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => `${table}.${quoteName(name)}`);
}

function activityList(name: string, child: string, isHistory: boolean, labelPlural: string): ObjectDef {
  const own = fields(child);
  return standardObject(name, '', {
    labelPlural,
    sharingModel: 'Private',
    createable: false,
    updateable: false,
    deletable: false,
    undeletable: false,
    queryable: false,
    fields: own,
    rowsSql: rowsSql(own, isHistory),
  });
}

/** Closed tasks and past events of a record, of an account also those of its contacts and opportunities. */
export const activityHistory: ObjectDef = activityList(
  'ActivityHistory',
  'ActivityHistories',
  true,
  'Activity History',
);
/** Open tasks and coming events. */
export const openActivity: ObjectDef = activityList('OpenActivity', 'OpenActivities', false, 'Open Activities');
