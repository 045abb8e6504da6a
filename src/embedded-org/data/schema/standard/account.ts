import type { ObjectDef } from '../../types.ts';
import {
  activityFields,
  address,
  date,
  datetime,
  email,
  flag,
  insertOnly,
  int,
  longText,
  lookup,
  money,
  owner,
  percent,
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

export const account: ObjectDef = standardObject('Account', '001', {
  sharingModel: 'ReadWrite',
  historyObject: 'AccountHistory',
  fields: [
    ...systemFields({ deletable: true }),
    recordType(),
    lookup('MasterRecordId', ['Account'], readOnly, { permissionable: false }),
    text('Name', 255, required, { label: 'Account Name', nameField: true }),
    picklist('Type', [
      'Prospect',
      'Customer - Direct',
      'Customer - Channel',
      'Channel Partner / Reseller',
      'Installation Partner',
      'Technology Partner',
      'Other',
    ]),
    lookup('ParentId', ['Account'], { childRelationshipName: 'ChildAccounts' }),
    ...address('Billing'),
    ...address('Shipping'),
    phone('Phone'),
    phone('Fax'),
    text('AccountNumber', 40),
    url('Website'),
    url('PhotoUrl', readOnly, { label: 'Photo URL', permissionable: false }),
    text('Sic', 20, { label: 'SIC Code' }),
    picklist('Industry', INDUSTRIES),
    money('AnnualRevenue', 18, 0),
    int('NumberOfEmployees', 8, { label: 'Employees' }),
    picklist('Ownership', ['Public', 'Private', 'Subsidiary', 'Other']),
    text('TickerSymbol', 20),
    longText('Description', 32_000),
    picklist('Rating', RATINGS),
    text('Site', 80),
    owner(),
    ...activityFields(),
    text('Jigsaw', 20, { label: 'Data.com Key' }),
    text('JigsawCompanyId', 20, readOnly, { permissionable: false }),
    picklist('AccountSource', LEAD_SOURCES),
    text('SicDesc', 80, { label: 'SIC Description' }),
  ],
});

export const contact: ObjectDef = standardObject('Contact', '003', {
  sharingModel: 'ReadWrite',
  historyObject: 'ContactHistory',
  fields: [
    ...systemFields({ deletable: true }),
    recordType(),
    lookup('MasterRecordId', ['Contact'], readOnly, { permissionable: false }),
    lookup('AccountId', ['Account'], { childRelationshipName: 'Contacts', deleteConstraint: 'Cascade' }),
    ...personName(),
    ...address('Other'),
    ...address('Mailing'),
    phone('Phone', { label: 'Business Phone' }),
    phone('Fax', { label: 'Business Fax' }),
    phone('MobilePhone'),
    phone('HomePhone'),
    phone('OtherPhone'),
    phone('AssistantPhone', { label: 'Asst. Phone' }),
    lookup('ReportsToId', ['Contact']),
    email('Email'),
    text('Title', 128),
    text('Department', 80),
    text('AssistantName', 40, { label: "Assistant's Name" }),
    picklist('LeadSource', LEAD_SOURCES),
    date('Birthdate'),
    longText('Description', 32_000),
    owner(),
    flag('HasOptedOutOfEmail', { label: 'Email Opt Out' }),
    flag('HasOptedOutOfFax', { label: 'Fax Opt Out' }),
    flag('DoNotCall'),
    ...activityFields(),
    text('EmailBouncedReason', 255, { permissionable: false }),
    datetime('EmailBouncedDate', { permissionable: false }),
    flag('IsEmailBounced', readOnly, { permissionable: false, sql: '({EmailBouncedDate} is not null)' }),
    url('PhotoUrl', readOnly, { label: 'Photo URL', permissionable: false }),
    text('Jigsaw', 20, { label: 'Data.com Key' }),
    text('JigsawContactId', 20, readOnly, { permissionable: false }),
    lookup('IndividualId', ['Individual'], { permissionable: false }),
  ],
});

const STAGES = [
  'Prospecting',
  'Qualification',
  'Needs Analysis',
  'Value Proposition',
  'Id. Decision Makers',
  'Perception Analysis',
  'Proposal/Price Quote',
  'Negotiation/Review',
  'Closed Won',
  'Closed Lost',
];

const ofStage = (column: string): string =>
  `(select s.${column} from "OpportunityStage" s where s."ApiName" = {StageName})`;

export const opportunity: ObjectDef = standardObject('Opportunity', '006', {
  labelPlural: 'Opportunities',
  sharingModel: 'Read',
  historyObject: 'OpportunityFieldHistory',
  fields: [
    ...systemFields({ deletable: true }),
    recordType(),
    lookup('AccountId', ['Account'], { childRelationshipName: 'Opportunities', deleteConstraint: 'Cascade' }),
    text('Name', 120, required, { nameField: true }),
    longText('Description', 32_000),
    picklist('StageName', STAGES, required, { label: 'Stage' }),
    money('Amount', 18, 2),
    percent('Probability', 3, 0, { label: 'Probability (%)' }),
    money('ExpectedRevenue', 18, 2, readOnly, { sql: '({Amount} * {Probability} / 100.0)' }),
    date('CloseDate', required),
    picklist('Type', [
      'Existing Customer - Upgrade',
      'Existing Customer - Replacement',
      'Existing Customer - Downgrade',
      'New Customer',
    ]),
    text('NextStep', 255),
    picklist('LeadSource', LEAD_SOURCES),
    flag('IsClosed', readOnly, {
      label: 'Closed',
      permissionable: false,
      sql: `coalesce(${ofStage('"IsClosed"')}, 0)`,
    }),
    flag('IsWon', readOnly, { label: 'Won', permissionable: false, sql: `coalesce(${ofStage('"IsWon"')}, 0)` }),
    picklist('ForecastCategory', ['Omitted', 'Pipeline', 'BestCase', 'MostLikely', 'Forecast', 'Closed'], system, {
      sql: ofStage('"ForecastCategory"'),
    }),
    picklist('ForecastCategoryName', ['Omitted', 'Pipeline', 'Best Case', 'Commit', 'Closed'], readOnly, {
      sql: ofStage('"ForecastCategoryName"'),
    }),
    lookup('CampaignId', ['Campaign'], { childRelationshipName: 'Opportunities' }),
    owner(),
    int('FiscalQuarter', 8, readOnly, {
      permissionable: false,
      sql: `((cast(strftime('%m', {CloseDate}) as integer) + 2) / 3)`,
    }),
    int('FiscalYear', 8, readOnly, { permissionable: false, sql: `cast(strftime('%Y', {CloseDate}) as integer)` }),
    ...activityFields(),
  ],
});

export const opportunityStage: ObjectDef = standardObject('OpportunityStage', '01J', {
  setup: true,
  createable: false,
  updateable: false,
  deletable: false,
  undeletable: false,
  fields: [
    ...systemFields({ deletable: false }),
    text('MasterLabel', 255, readOnly),
    text('ApiName', 255, system, { nameField: true }),
    flag('IsActive', readOnly),
    int('SortOrder', 9, readOnly),
    flag('IsClosed', readOnly),
    flag('IsWon', readOnly),
    text('ForecastCategory', 40, system),
    text('ForecastCategoryName', 255, system),
    percent('DefaultProbability', 3, 0, readOnly),
    text('Description', 255, readOnly),
  ],
});

const CONTACT_ROLES = [
  'Business User',
  'Decision Maker',
  'Economic Buyer',
  'Economic Decision Maker',
  'Evaluator',
  'Executive Sponsor',
  'Influencer',
  'Technical Buyer',
  'Other',
];

export const accountHistory: ObjectDef = historyObject('AccountHistory', 'Account', '017', 'AccountId');
export const contactHistory: ObjectDef = historyObject('ContactHistory', 'Contact', '017', 'ContactId');
export const opportunityFieldHistory: ObjectDef = historyObject(
  'OpportunityFieldHistory',
  'Opportunity',
  '017',
  'OpportunityId',
);

export const opportunityContactRole: ObjectDef = standardObject('OpportunityContactRole', '00K', {
  sharingModel: 'ControlledByParent',
  sharingParent: 'OpportunityId',
  undeletable: false,
  fields: [
    ...systemFields({ deletable: true }),
    lookup('OpportunityId', ['Opportunity'], required, insertOnly, {
      childRelationshipName: 'OpportunityContactRoles',
      deleteConstraint: 'Cascade',
    }),
    lookup('ContactId', ['Contact'], required, {
      childRelationshipName: 'OpportunityContactRoles',
      deleteConstraint: 'Cascade',
    }),
    picklist('Role', CONTACT_ROLES, { permissionable: false }),
    flag('IsPrimary', { label: 'Primary', permissionable: false }),
  ],
});
