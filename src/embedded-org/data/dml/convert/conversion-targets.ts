import { zonedDay } from '../../formula/format-value.ts';
import { toId18 } from '../../ids.ts';
import type { LeadConversion } from '../../types.ts';
import type { StoredRow } from '../object-plan.ts';
import { rowError } from '../row-error.ts';
import { changeRow, createRow } from '../save-row.ts';
import { trackEvent } from '../track-history.ts';
import { getEditable } from '../update-rows.ts';
import { jobFor, type WriteJob } from '../write-job.ts';
import { ACCOUNT_FIELDS, CONTACT_FIELDS, OPPORTUNITY_FIELDS, type FieldMapping } from './field-mapping.ts';

export type ConversionRequest = {
  readonly lead: StoredRow;
  readonly conversion: LeadConversion;
  readonly ownerId: string;
};

/** Creates the account or fills the given one's empty fields; returns its id. */
export function saveAccount(job: WriteJob, { lead, conversion, ownerId }: ConversionRequest): string {
  const account = targetJob(job, 'Account');
  const values = mapped(lead, ACCOUNT_FIELDS);
  if (conversion.accountId !== undefined) return fillEmpty(account, conversion.accountId, values);
  return create(account, { ...values, OwnerId: ownerId }, 'accountCreatedFromLead');
}

/** Creates the contact or fills the given one's empty fields; returns its id. */
export function saveContact(job: WriteJob, request: ConversionRequest, accountId: string): string {
  const { lead, conversion, ownerId } = request;
  const contact = targetJob(job, 'Contact');
  const values = mapped(lead, CONTACT_FIELDS);
  if (conversion.contactId === undefined)
    return create(contact, { ...values, AccountId: accountId, OwnerId: ownerId }, 'contactCreatedFromLead');
  if (conversion.accountId === undefined) {
    throw rowError('REQUIRED_FIELD_MISSING', 'missing required field: [AccountId]', ['AccountId']);
  }
  const id = readId(contact, conversion.contactId);
  if (getEditable(contact, id)['AccountId'] !== accountId) {
    throw rowError('INVALID_CROSS_REFERENCE_KEY', 'the contact must be associated with the account', ['ContactId']);
  }
  const overwritten = conversion.overwriteLeadSource === true ? { LeadSource: lead['LeadSource'] ?? null } : {};
  return fillEmpty(contact, id, values, overwritten);
}

/** Creates the opportunity, unless the conversion wants none or names one, and the contact's role on it. */
export function saveOpportunity(
  job: WriteJob,
  { lead, conversion, ownerId }: ConversionRequest,
  accountId: string,
  contactId: string,
): string | undefined {
  if (conversion.doNotCreateOpportunity === true) return undefined;
  const opportunity = targetJob(job, 'Opportunity');
  if (conversion.opportunityId !== undefined)
    return fillEmpty(opportunity, conversion.opportunityId, mapped(lead, OPPORTUNITY_FIELDS));
  const values: StoredRow = {
    ...mapped(lead, OPPORTUNITY_FIELDS),
    Name: conversion.opportunityName ?? lead['Company'] ?? null,
    StageName: firstStage(job),
    CloseDate: lastDayOfQuarter(zonedDay(job.core.clock.now(), job.user.timeZone)),
    AccountId: accountId,
    OwnerId: ownerId,
    CampaignId: latestCampaign(job, String(lead['Id'])),
  };
  const id = create(opportunity, values, 'opportunityCreatedFromLead');
  const role = jobFor(job, 'OpportunityContactRole');
  if (role) createRow(role, { OpportunityId: id, ContactId: contactId, IsPrimary: 1 });
  return id;
}

function targetJob(job: WriteJob, objectName: string): WriteJob {
  const target = jobFor(job, objectName);
  if (target) return target;
  throw new Error(`The org has no object ${objectName} to convert a lead into.`);
}

function create(job: WriteJob, values: StoredRow, event: string): string {
  const { name } = job.plan.object;
  if (!job.user.access.object(name).create) {
    throw rowError('INSUFFICIENT_ACCESS_OR_READONLY', `insufficient access rights to create ${name}`, []);
  }
  const id = createRow(job, values);
  trackEvent(job, { Id: id }, event);
  return id;
}

/** What the record has already stays, except for `overwritten`. */
function fillEmpty(job: WriteJob, text: string, values: StoredRow, overwritten: StoredRow = {}): string {
  const id = readId(job, text);
  const row = getEditable(job, id);
  const isEmpty = (name: string): boolean => row[name] === null || row[name] === 0;
  const filled = Object.entries(values).filter(([name, value]) => isEmpty(name) && (value ?? null) !== null);
  changeRow(job, row, { ...Object.fromEntries(filled), ...overwritten });
  return id;
}

function readId(job: WriteJob, text: string): string {
  const id = toId18(text);
  if (id?.startsWith(job.plan.object.keyPrefix)) return id;
  throw rowError('INVALID_ID_FIELD', `invalid ${job.plan.object.name} id: ${text}`, [`${job.plan.object.name}Id`]);
}

const mapped = (lead: StoredRow, mapping: FieldMapping): StoredRow =>
  Object.fromEntries(mapping.map(([from, to]) => [to, lead[from] ?? null]));

function firstStage(job: WriteJob): string {
  const sql =
    'select "ApiName" as name from "OpportunityStage" where "IsActive" = 1 and "IsClosed" = 0 order by "SortOrder"';
  return String(job.plan.prepare(sql).get()?.['name']);
}

function latestCampaign(job: WriteJob, leadId: string): string | null {
  const sql = `select "CampaignId" as id from "CampaignMember" where "LeadId" = ? and "IsDeleted" = 0
    order by "LastModifiedDate" desc, _row desc`;
  const found = job.plan.prepare(sql).get(leadId);
  return found === undefined ? null : String(found['id']);
}

function lastDayOfQuarter(day: string): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, Math.ceil(month / 3) * 3, 0)).toISOString().slice(0, 10);
}
