import { IS_PAST_EVENT, TODAY } from '../../past-events.ts';
import type { ObjectDef } from '../../types.ts';
import {
  activityFields,
  date,
  datetime,
  field,
  flag,
  insertOnly,
  int,
  longText,
  lookup,
  money,
  owner,
  percent,
  picklist,
  readOnly,
  recordType,
  required,
  restricted,
  standardObject,
  system,
  systemFields,
  text,
  type Traits,
} from '../field-builders.ts';
import { historyObject } from './history.ts';
import { LEAD_SOURCES } from './picklists.ts';

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

const FISCAL_QUARTER = `((cast(strftime('%m', {CloseDate}) as integer) + 2) / 3)`;
const fiscal: Traits = { ...readOnly, permissionable: false, compoundFieldName: 'Fiscal' };

const openTask = (condition: string): string => `exists (select 1 from "Task" t where t."WhatId" = {Id}
  and t."IsDeleted" = 0 and t."Status" not in (select s."ApiName" from "TaskStatus" s where s."IsClosed" = 1) ${condition})`;
const COMING_EVENT = `exists (select 1 from "Event" e where e."WhatId" = {Id} and e."IsDeleted" = 0
  and not (${IS_PAST_EVENT.replaceAll(/\{(\w+)\}/g, 'e."$1"')}))`;
const activities: Traits = { ...readOnly, permissionable: false, filterable: false, sortable: false };

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
    int('FiscalQuarter', 8, fiscal, { sql: FISCAL_QUARTER }),
    int('FiscalYear', 8, fiscal, { sql: `cast(strftime('%Y', {CloseDate}) as integer)` }),
    text('Fiscal', 6, readOnly, {
      label: 'Fiscal Period',
      permissionable: false,
      sql: `strftime('%Y ', {CloseDate}) || ${FISCAL_QUARTER}`,
    }),
    ...activityFields(),
    flag('HasOpenActivity', activities, { sql: `(${openTask('')} or ${COMING_EVENT})` }),
    flag('HasOverdueTask', activities, { sql: openTask(`and t."ActivityDate" < ${TODAY}`) }),
    flag('HasOpportunityLineItem', readOnly, { label: 'Has Line Item', permissionable: false, sql: '0' }),
    datetime('LastStageChangeDate', readOnly, { permissionable: false }),
    lookup('LastAmountChangedHistoryId', ['OpportunityHistory'], readOnly, { permissionable: false }),
    lookup('LastCloseDateChangedHistoryId', ['OpportunityHistory'], readOnly, { permissionable: false }),
  ],
});

/** Whoever may not read the opportunity's own field does not see it here either. */
const then: Traits = { ...readOnly, permissionable: false };

/** How an opportunity stood after each change of its stage, amount, probability or close date. */
export const opportunityHistory: ObjectDef = standardObject('OpportunityHistory', '008', {
  labelPlural: 'Opportunity History',
  sharingModel: 'ControlledByParent',
  sharingParent: 'OpportunityId',
  createable: false,
  updateable: false,
  deletable: false,
  undeletable: false,
  fields: [
    field('Id', 'id', system, { length: 18, defaultedOnCreate: true }),
    lookup('OpportunityId', ['Opportunity'], system, {
      childRelationshipName: 'OpportunityHistories',
      deleteConstraint: 'Cascade',
    }),
    lookup('CreatedById', ['User'], system, { defaultedOnCreate: true }),
    datetime('CreatedDate', system, { defaultedOnCreate: true }),
    picklist('StageName', STAGES, system),
    money('Amount', 18, 2, then),
    money('ExpectedRevenue', 18, 2, then),
    date('CloseDate', then),
    percent('Probability', 3, 0, then),
    restricted('ForecastCategory', ['Omitted', 'Pipeline', 'BestCase', 'MostLikely', 'Forecast', 'Closed'], then),
    datetime('SystemModstamp', system, { defaultedOnCreate: true }),
    flag('IsDeleted', system, { label: 'Deleted' }),
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
