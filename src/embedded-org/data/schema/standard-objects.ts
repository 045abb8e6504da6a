import type { ObjectDef } from '../types.ts';
import {
  account,
  accountHistory,
  contact,
  contactHistory,
  opportunity,
  opportunityContactRole,
  opportunityFieldHistory,
  opportunityStage,
} from './standard/account.ts';
import { emailMessage, event, task, taskPriority, taskStatus } from './standard/activity.ts';
import { campaign, campaignMember, campaignMemberStatus } from './standard/campaign.ts';
import { lead, leadHistory, leadStatus } from './standard/lead.ts';
import {
  assignmentRule,
  customPermission,
  fieldPermissions,
  objectPermissions,
  permissionSet,
  permissionSetAssignment,
  profile,
  recordType,
  userLicense,
  setupEntityAccess,
} from './standard/permission.ts';
import { group, groupMember, organization, user, userRole } from './standard/user.ts';

/** Every standard object of the org. */
export const standardObjects: readonly ObjectDef[] = [
  lead,
  leadStatus,
  leadHistory,
  contact,
  contactHistory,
  account,
  accountHistory,
  opportunity,
  opportunityStage,
  opportunityContactRole,
  opportunityFieldHistory,
  campaign,
  campaignMember,
  campaignMemberStatus,
  task,
  taskStatus,
  taskPriority,
  event,
  emailMessage,
  user,
  userRole,
  userLicense,
  group,
  groupMember,
  profile,
  permissionSet,
  permissionSetAssignment,
  objectPermissions,
  fieldPermissions,
  setupEntityAccess,
  customPermission,
  organization,
  recordType,
  assignmentRule,
];
