import type { FieldDef, ObjectDef } from '../../types.ts';
import {
  activityFields,
  date,
  decimal,
  email,
  flag,
  insertOnly,
  int,
  longText,
  lookup,
  plainReference,
  money,
  owner,
  percent,
  phone,
  picklist,
  readOnly,
  required,
  standardObject,
  street,
  systemFields,
  text,
  type Traits,
  recordType,
} from '../field-builders.ts';
import { LEAD_SOURCES } from './picklists.ts';

const members = (condition: string): string =>
  `(select count(*) from "CampaignMember" m where m."CampaignId" = {Id} and m."IsDeleted" = 0 and ${condition})`;
const opportunities = (what: string, condition: string): string =>
  `(select ${what} from "Opportunity" o where o."CampaignId" = {Id} and o."IsDeleted" = 0 and ${condition})`;
const WON = `o."StageName" in (select s."ApiName" from "OpportunityStage" s where s."IsWon" = 1)`;
const total = (name: string, label: string, sql: string): FieldDef =>
  int(name, 9, readOnly, { label, nillable: false, permissionable: true, sql });

export const campaign: ObjectDef = standardObject('Campaign', '701', {
  sharingModel: 'FullAccess',
  fields: [
    ...systemFields({ deletable: true }),
    recordType(),
    text('Name', 80, required, { nameField: true }),
    lookup('ParentId', ['Campaign'], { childRelationshipName: 'ChildCampaigns' }),
    picklist('Type', [
      'Conference',
      'Webinar',
      'Trade Show',
      'Public Relations',
      'Partners',
      'Referral Program',
      'Advertisement',
      'Banner Ads',
      'Direct Mail',
      'Email',
      'Telemarketing',
      'Other',
    ]),
    picklist('Status', ['*Planned', 'In Progress', 'Completed', 'Aborted'], { defaultedOnCreate: true }),
    date('StartDate'),
    date('EndDate'),
    money('ExpectedRevenue', 18, 0),
    money('BudgetedCost', 18, 0),
    money('ActualCost', 18, 0),
    percent('ExpectedResponse', 10, 2),
    decimal('NumberSent', 18, 0, { label: 'Num Sent' }),
    flag('IsActive', { label: 'Active' }),
    longText('Description', 32_000),
    total('NumberOfLeads', 'Leads in Campaign', members('m."LeadId" is not null')),
    total(
      'NumberOfConvertedLeads',
      'Converted Leads in Campaign',
      members('m."LeadId" in (select l."Id" from "Lead" l where l."IsConverted" = 1)'),
    ),
    total('NumberOfContacts', 'Contacts in Campaign', members('m."ContactId" is not null')),
    total('NumberOfResponses', 'Responses in Campaign', members('m."HasResponded" = 1')),
    total('NumberOfOpportunities', 'Opportunities in Campaign', opportunities('count(*)', '1')),
    total('NumberOfWonOpportunities', 'Won Opportunities in Campaign', opportunities('count(*)', WON)),
    money('AmountAllOpportunities', 18, 0, readOnly, {
      nillable: false,
      sql: opportunities('coalesce(sum(o."Amount"), 0)', '1'),
    }),
    money('AmountWonOpportunities', 18, 0, readOnly, {
      nillable: false,
      sql: opportunities('coalesce(sum(o."Amount"), 0)', WON),
    }),
    owner(),
    ...activityFields(),
    lookup('CampaignMemberRecordTypeId', ['RecordType']),
  ],
});

/** A member shows the fields of its contact or, without one, of its lead. */
const ofPerson = (leadField: string, contactField = leadField): Traits => ({
  ...readOnly,
  sql: `case when {ContactId} is not null then (select c."${contactField}" from "Contact" c where c."Id" = {ContactId})
    else (select l."${leadField}" from "Lead" l where l."Id" = {LeadId}) end`,
});
const fullName = (alias: string): string => `trim(coalesce(${alias}."FirstName" || ' ', '') || ${alias}."LastName")`;
const ONCE: Traits = { permissionable: false };

export const campaignMember: ObjectDef = standardObject('CampaignMember', '00v', {
  sharingModel: 'ControlledByParent',
  sharingParent: 'CampaignId',
  personFields: ['ContactId', 'LeadId'],
  undeletable: false,
  fields: [
    ...systemFields({ deletable: true }),
    lookup('CampaignId', ['Campaign'], required, insertOnly, {
      childRelationshipName: 'CampaignMembers',
      deleteConstraint: 'Cascade',
    }),
    lookup('LeadId', ['Lead'], insertOnly, ONCE, {
      childRelationshipName: 'CampaignMembers',
      deleteConstraint: 'Cascade',
    }),
    lookup('ContactId', ['Contact'], insertOnly, ONCE, {
      childRelationshipName: 'CampaignMembers',
      deleteConstraint: 'Cascade',
    }),
    picklist('Status', ['*Sent', 'Responded'], { length: 40, defaultedOnCreate: true, permissionable: false }),
    flag('HasResponded', readOnly, { label: 'Responded', permissionable: false }),
    date('FirstRespondedDate', readOnly, ONCE),
    text('Salutation', 40, ofPerson('Salutation')),
    text('Name', 121, ONCE, readOnly, {
      nameField: true,
      sql: `case when {ContactId} is not null then (select ${fullName('c')} from "Contact" c where c."Id" = {ContactId})
        else (select ${fullName('l')} from "Lead" l where l."Id" = {LeadId}) end`,
    }),
    text('FirstName', 40, ofPerson('FirstName')),
    text('LastName', 80, ofPerson('LastName')),
    text('Title', 128, ofPerson('Title')),
    street('Street', ofPerson('Street', 'MailingStreet')),
    text('City', 40, ofPerson('City', 'MailingCity')),
    text('State', 80, ofPerson('State', 'MailingState')),
    text('PostalCode', 20, ofPerson('PostalCode', 'MailingPostalCode')),
    text('Country', 80, ofPerson('Country', 'MailingCountry')),
    email('Email', ofPerson('Email')),
    phone('Phone', ofPerson('Phone')),
    phone('Fax', ofPerson('Fax')),
    phone('MobilePhone', ofPerson('MobilePhone')),
    longText('Description', 32_000, ofPerson('Description')),
    flag('DoNotCall', ofPerson('DoNotCall')),
    flag('HasOptedOutOfEmail', ofPerson('HasOptedOutOfEmail'), { label: 'Email Opt Out' }),
    flag('HasOptedOutOfFax', ofPerson('HasOptedOutOfFax'), { label: 'Fax Opt Out' }),
    picklist('LeadSource', LEAD_SOURCES, ofPerson('LeadSource')),
    text('CompanyOrAccount', 255, readOnly, {
      sql: `case when {ContactId} is not null
        then (select a."Name" from "Contact" c join "Account" a on a."Id" = c."AccountId" where c."Id" = {ContactId})
        else (select l."Company" from "Lead" l where l."Id" = {LeadId}) end`,
    }),
    text('Type', 40, ONCE, readOnly, { sql: `case when {ContactId} is not null then 'Contact' else 'Lead' end` }),
    plainReference('LeadOrContactId', ['Contact', 'Lead'], ONCE, readOnly, { sql: 'coalesce({ContactId}, {LeadId})' }),
    lookup('LeadOrContactOwnerId', ['Group', 'User'], ONCE, ofPerson('OwnerId')),
  ],
});

export const campaignMemberStatus: ObjectDef = standardObject('CampaignMemberStatus', '01Y', {
  labelPlural: 'Campaign Member Statuses',
  sharingModel: 'ControlledByParent',
  sharingParent: 'CampaignId',
  undeletable: false,
  fields: [
    ...systemFields({ deletable: true }),
    lookup('CampaignId', ['Campaign'], required, insertOnly, {
      childRelationshipName: 'CampaignMemberStatuses',
      deleteConstraint: 'Cascade',
    }),
    text('Label', 255, required, { nameField: true }),
    int('SortOrder', 9, { permissionable: false }),
    flag('IsDefault', { permissionable: false }),
    flag('HasResponded', { permissionable: false }),
  ],
});
