import { zonedDay } from '../../formula/format-value.ts';
import { toId18 } from '../../ids.ts';
import type { OrgCore } from '../../org-core.ts';
import { OrgError } from '../../org-error.ts';
import type { DmlOptions, LeadConversion, LeadConversionResult, UserContext } from '../../types.ts';
import type { StoredRow } from '../object-plan.ts';
import { rowError } from '../row-error.ts';
import { runBatch } from '../run-batch.ts';
import { changeRow } from '../save-row.ts';
import { trackEvent } from '../track-history.ts';
import { getEditable } from '../update-rows.ts';
import { startJob, type WriteJob } from '../write-job.ts';
import { saveAccount, saveContact, saveOpportunity } from './conversion-targets.ts';
import { moveActivities, moveMemberships } from './move-related.ts';

/** Converts a lead into an account, a contact and an opportunity; its activities and campaign memberships move along. */
export function convertLead(
  core: OrgCore,
  user: UserContext,
  conversion: LeadConversion,
  options: DmlOptions,
): LeadConversionResult {
  const job = startJob(core, user, 'Lead', { ...options, autoAssign: false });
  if (!user.access.system('ConvertLeads')) {
    throw new OrgError('INSUFFICIENT_ACCESS', 'insufficient access rights on object id', 403);
  }
  let targets: Targets = NONE;
  const [result] = runBatch(core, [conversion], options, () => {
    const lead = getConvertible(job, conversion);
    targets = saveTargets(job, lead, conversion);
    return { id: String(lead['Id']), created: false };
  });
  const success = result?.success === true;
  const leadId = toId18(conversion.leadId) ?? conversion.leadId;
  return { success, leadId, ...(success ? targets : NONE), errors: result?.errors ?? [] };
}

type Targets = Pick<LeadConversionResult, 'accountId' | 'contactId' | 'opportunityId'>;
const NONE: Targets = { accountId: undefined, contactId: undefined, opportunityId: undefined };

function getConvertible(job: WriteJob, conversion: LeadConversion): StoredRow {
  const id = toId18(conversion.leadId);
  if (id === undefined || !id.startsWith('00Q')) {
    throw rowError('INVALID_ID_FIELD', `invalid lead id: ${conversion.leadId}`, ['LeadId']);
  }
  const lead = getEditable(job, id);
  if (lead['IsConverted'] === 1) throw rowError('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead', []);
  const status = conversion.convertedStatus ?? '';
  if (status === '') throw rowError('REQUIRED_FIELD_MISSING', 'missing required field: [ConvertedStatus]', []);
  const sql = 'select 1 as found from "LeadStatus" where "ApiName" = ? and "IsConverted" = 1';
  if (job.plan.prepare(sql).get(status)) return lead;
  throw rowError('INVALID_STATUS', `invalid convertedStatus: ${status}`, ['ConvertedStatus']);
}

function saveTargets(job: WriteJob, lead: StoredRow, conversion: LeadConversion): Targets {
  const ownerId = ownerOf(lead, conversion);
  const request = { lead, conversion, ownerId };
  const accountId = saveAccount(job, request);
  const contactId = saveContact(job, request, accountId);
  const opportunityId = saveOpportunity(job, request, accountId, contactId);
  const leadId = String(lead['Id']);
  moveActivities(job, leadId, contactId, opportunityId ?? accountId);
  moveMemberships(job, leadId, contactId);
  // Read again: moving activities moves the stamps of the lead.
  changeRow(job, getEditable(job, leadId), {
    Status: conversion.convertedStatus ?? null,
    IsConverted: 1,
    IsUnreadByOwner: 0,
    ConvertedDate: zonedDay(job.core.clock.now(), job.user.timeZone),
    ConvertedAccountId: accountId,
    ConvertedContactId: contactId,
    ConvertedOpportunityId: opportunityId ?? null,
  });
  trackEvent(job, lead, 'leadConverted');
  return { accountId, contactId, opportunityId };
}

/** A queue may own a lead, but nothing that a lead becomes. */
function ownerOf(lead: StoredRow, conversion: LeadConversion): string {
  const owner = conversion.ownerId === undefined ? String(lead['OwnerId']) : toId18(conversion.ownerId);
  if (owner?.startsWith('005')) return owner;
  const message =
    'Converted objects can only be owned by users. If the lead is not owned by a user, you must specify a user for the Owner field.';
  throw rowError('UNKNOWN_EXCEPTION', message, []);
}
