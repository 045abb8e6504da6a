import type { ObjectDef } from '../../types.ts';
import {
  activityFields,
  address,
  date,
  datetime,
  email,
  flag,
  int,
  insertOnly,
  longText,
  lookup,
  money,
  owner,
  personName,
  phone,
  picklist,
  readOnly,
  required,
  standardObject,
  system,
  systemFields,
  text,
  url,
  recordType,
} from '../field-builders.ts';
import { historyObject } from './history.ts';
import { INDUSTRIES, LEAD_SOURCES, RATINGS } from './picklists.ts';

const converted = (name: string, target: string) =>
  lookup(name, [target], readOnly, { permissionable: false, label: `Converted ${target} ID` });

export const lead: ObjectDef = standardObject('Lead', '00Q', {
  sharingModel: 'ReadWriteTransfer',
  historyObject: 'LeadHistory',
  enableHistory: true,
  fields: [
    ...systemFields({ deletable: true }),
    recordType(),
    lookup('MasterRecordId', ['Lead'], readOnly, { permissionable: false }),
    ...personName(),
    text('Title', 128),
    text('Company', 255, required),
    ...address(''),
    phone('Phone'),
    phone('MobilePhone'),
    phone('Fax'),
    email('Email'),
    url('Website'),
    url('PhotoUrl', readOnly, { label: 'Photo URL', permissionable: false }),
    longText('Description', 32_000),
    picklist('LeadSource', LEAD_SOURCES),
    picklist(
      'Status',
      ['*Open - Not Contacted', 'Working - Contacted', 'Closed - Converted', 'Closed - Not Converted'],
      required,
      {
        defaultedOnCreate: true,
        trackHistory: true,
      },
    ),
    picklist('Industry', INDUSTRIES),
    picklist('Rating', RATINGS),
    money('AnnualRevenue', 18, 0),
    int('NumberOfEmployees', 8, { label: 'Employees' }),
    { ...owner(['Group', 'User']), trackHistory: true },
    flag('HasOptedOutOfEmail', { label: 'Email Opt Out' }),
    flag('IsConverted', insertOnly, { label: 'Converted', permissionable: false }),
    date('ConvertedDate', readOnly, { permissionable: false }),
    converted('ConvertedAccountId', 'Account'),
    converted('ConvertedContactId', 'Contact'),
    converted('ConvertedOpportunityId', 'Opportunity'),
    flag('IsUnreadByOwner', { label: 'Unread By Owner', permissionable: false, defaultValue: true }),
    ...activityFields(),
    flag('DoNotCall'),
    flag('HasOptedOutOfFax', { label: 'Fax Opt Out' }),
    text('Jigsaw', 20, { label: 'Data.com Key' }),
    text('JigsawContactId', 20, readOnly, { permissionable: false }),
    text('EmailBouncedReason', 255, { createable: false, permissionable: false }),
    datetime('EmailBouncedDate', { createable: false, permissionable: false }),
    lookup('IndividualId', ['Individual'], { permissionable: false }),
  ],
});

export const leadHistory: ObjectDef = historyObject('LeadHistory', 'Lead', '017', 'LeadId');

export const leadStatus: ObjectDef = standardObject('LeadStatus', '01J', {
  label: 'Lead Status Value',
  setup: true,
  createable: false,
  updateable: false,
  deletable: false,
  undeletable: false,
  fields: [
    ...systemFields({ deletable: false }),
    text('MasterLabel', 255, readOnly),
    text('ApiName', 255, system, { nameField: true }),
    int('SortOrder', 9, readOnly),
    flag('IsDefault', readOnly),
    flag('IsConverted', readOnly),
  ],
});
