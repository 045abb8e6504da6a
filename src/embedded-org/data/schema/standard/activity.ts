import { archivedSql } from '../../archived-activities.ts';
import type { FieldDef, ObjectDef } from '../../types.ts';
import {
  date,
  datetime,
  field,
  flag,
  int,
  longText,
  lookup,
  plainReference,
  owner,
  picklist,
  readOnly,
  required,
  restricted,
  standardObject,
  system,
  systemFields,
  text,
  recordType,
} from '../field-builders.ts';
import { MONTHS, RECURRENCE_INSTANCES, RECURRENCE_TYPES } from './recurrence.ts';

const SETUP_VALUE = { setup: true, createable: false, updateable: false, deletable: false, undeletable: false };
const who = (child: string): FieldDef =>
  lookup('WhoId', ['Contact', 'Lead'], {
    label: 'Name ID',
    childRelationshipName: child,
    permissionable: false,
    deleteConstraint: 'Cascade',
  });
const what = (child: string): FieldDef =>
  lookup('WhatId', ['Account', 'Campaign', 'Opportunity'], {
    label: 'Related To ID',
    childRelationshipName: child,
    permissionable: false,
    deleteConstraint: 'Cascade',
  });

const recurrence = (kind: 'Task' | 'Event'): FieldDef[] => [
  plainReference('RecurrenceActivityId', [kind], readOnly, {
    permissionable: false,
    childRelationshipName: `Recurring${kind}s`,
  }),
  flag('IsRecurrence', { permissionable: false }),
  date('RecurrenceEndDateOnly', { permissionable: false }),
  text('RecurrenceTimeZoneSidKey', 40, { permissionable: false }),
  restricted('RecurrenceType', RECURRENCE_TYPES, { permissionable: false }),
  int('RecurrenceInterval', 9, { permissionable: false }),
  int('RecurrenceDayOfWeekMask', 9, { permissionable: false }),
  int('RecurrenceDayOfMonth', 9, { permissionable: false }),
  restricted('RecurrenceInstance', RECURRENCE_INSTANCES, { permissionable: false }),
  restricted('RecurrenceMonthOfYear', MONTHS, { permissionable: false }),
];

export const task: ObjectDef = standardObject('Task', '00T', {
  sharingModel: 'Private',
  fields: [
    ...systemFields({ deletable: true }),
    recordType(),
    who('Tasks'),
    what('Tasks'),
    field('Subject', 'combobox', { length: 255, picklist: { values: [], restricted: false } }),
    date('ActivityDate', { label: 'Due Date Only' }),
    picklist('Status', ['*Not Started', 'In Progress', 'Completed', 'Waiting on someone else', 'Deferred'], required, {
      defaultedOnCreate: true,
    }),
    picklist('Priority', ['High', '*Normal', 'Low'], required, { defaultedOnCreate: true }),
    flag('IsHighPriority', system, {
      sql: `coalesce((select p."IsHighPriority" from "TaskPriority" p where p."ApiName" = {Priority}), 0)`,
    }),
    picklist('Type', ['Call', 'Meeting', 'Other']),
    owner(['Group', 'User']),
    longText('Description', 32_000, { label: 'Description' }),
    lookup('AccountId', ['Account'], readOnly, { permissionable: false }),
    flag('IsClosed', system, {
      label: 'Closed',
      sql: `coalesce((select s."IsClosed" from "TaskStatus" s where s."ApiName" = {Status}), 0)`,
    }),
    flag('IsArchived', system, { label: 'Archived', sql: archivedSql('Task') }),
    int('CallDurationInSeconds', 8, { label: 'Call Duration' }),
    restricted('CallType', ['Internal', 'Inbound', 'Outbound']),
    text('CallDisposition', 255, { label: 'Call Result' }),
    text('CallObject', 255, { label: 'Call Object Identifier' }),
    datetime('ReminderDateTime', { permissionable: false }),
    flag('IsReminderSet', { permissionable: false }),
    date('RecurrenceStartDateOnly', { permissionable: false }),
    ...recurrence('Task'),
    restricted(
      'RecurrenceRegeneratedType',
      ['RecurrenceRegenerateAfterDueDate', 'RecurrenceRegenerateAfterToday', 'RecurrenceRegenerated'],
      { permissionable: false },
    ),
    restricted('TaskSubtype', ['*Task', 'Email', 'ListEmail', 'Cadence', 'Call', 'LinkedIn'], {
      updateable: false,
      permissionable: false,
    }),
    datetime('CompletedDateTime', readOnly, { permissionable: false }),
  ],
});

export const event: ObjectDef = standardObject('Event', '00U', {
  sharingModel: 'Private',
  fields: [
    ...systemFields({ deletable: true }),
    recordType(),
    who('Events'),
    what('Events'),
    field('Subject', 'combobox', { length: 255, picklist: { values: [], restricted: false } }),
    text('Location', 255),
    flag('IsAllDayEvent', { label: 'All-Day Event', permissionable: false }),
    datetime('ActivityDateTime', { label: 'Due Date Time', permissionable: false }),
    date('ActivityDate', { label: 'Due Date Only', permissionable: false }),
    int('DurationInMinutes', 8, { permissionable: false }),
    datetime('StartDateTime', { permissionable: false }),
    datetime('EndDateTime', { permissionable: false }),
    date('EndDate', readOnly, { permissionable: false, sql: `date({EndDateTime} / 1000, 'unixepoch')` }),
    longText('Description', 32_000),
    lookup('AccountId', ['Account'], readOnly, { permissionable: false }),
    owner(),
    picklist('Type', ['Email', 'Meeting', 'Other']),
    flag('IsPrivate', { label: 'Private' }),
    restricted('ShowAs', ['*Busy', 'OutOfOffice', 'Free'], { label: 'Show Time As', defaultedOnCreate: true }),
    flag('IsChild', system),
    flag('IsGroupEvent', system),
    restricted('GroupEventType', ['0', '1', '2', '3'], readOnly, { permissionable: false }),
    flag('IsArchived', system, { label: 'Archived', sql: archivedSql('Event') }),
    datetime('RecurrenceStartDateTime', { permissionable: false }),
    ...recurrence('Event'),
    datetime('ReminderDateTime', { permissionable: false }),
    flag('IsReminderSet', { permissionable: false }),
    restricted('EventSubtype', ['*Event'], { updateable: false, permissionable: false }),
  ],
});

export const emailMessage: ObjectDef = standardObject('EmailMessage', '02s', {
  sharingModel: 'ControlledByParent',
  sharingParent: 'ActivityId',
  sharingParentElse: 'RelatedToId',
  fields: [
    ...systemFields({ deletable: true }),
    lookup('ParentId', ['Case'], { permissionable: false }),
    lookup('ActivityId', ['Task'], { permissionable: false }),
    longText('TextBody', 131_072),
    longText('HtmlBody', 131_072, { htmlFormatted: true }),
    longText('Headers', 32_768),
    text('Subject', 3_000),
    text('FromName', 1_000),
    field('FromAddress', 'email', { length: 1_000 }),
    restricted('ValidatedFromAddress', []),
    text('ToAddress', 4_000, { sortable: false, groupable: false }),
    text('CcAddress', 4_000, { sortable: false, groupable: false }),
    text('BccAddress', 4_000, { sortable: false, groupable: false }),
    flag('Incoming', { label: 'Is Incoming', permissionable: false }),
    flag('HasAttachment', system),
    restricted('Status', ['*0', '1', '2', '3', '4', '5'], required, { defaultedOnCreate: true }),
    datetime('MessageDate'),
    lookup('ReplyToEmailMessageId', ['EmailMessage'], { updateable: false, permissionable: false }),
    flag('IsExternallyVisible', { permissionable: false }),
    text('MessageIdentifier', 765, { permissionable: false }),
    text('ThreadIdentifier', 765, { permissionable: false }),
    flag('IsClientManaged', { permissionable: false }),
    lookup('RelatedToId', ['Account', 'Campaign', 'Opportunity'], {
      childRelationshipName: 'Emails',
      permissionable: false,
    }),
    flag('IsTracked', { permissionable: false }),
    datetime('FirstOpenedDate', readOnly, { permissionable: false }),
    datetime('LastOpenedDate', readOnly, { permissionable: false }),
    flag('IsBounced', readOnly, { permissionable: false }),
  ],
});

export const taskStatus: ObjectDef = standardObject('TaskStatus', '01J', {
  ...SETUP_VALUE,
  labelPlural: 'Task Status Values',
  fields: [
    ...systemFields({ deletable: false }),
    text('MasterLabel', 255, readOnly),
    text('ApiName', 255, system, { nameField: true }),
    int('SortOrder', 9, readOnly),
    flag('IsDefault', readOnly),
    flag('IsClosed', readOnly),
  ],
});

export const taskPriority: ObjectDef = standardObject('TaskPriority', '01J', {
  ...SETUP_VALUE,
  labelPlural: 'Task Priority Values',
  fields: [
    ...systemFields({ deletable: false }),
    text('MasterLabel', 255, readOnly),
    text('ApiName', 255, system, { nameField: true }),
    int('SortOrder', 9, readOnly),
    flag('IsDefault', readOnly),
    flag('IsHighPriority', readOnly),
  ],
});
