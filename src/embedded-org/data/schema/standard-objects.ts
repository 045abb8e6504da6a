import type { ObjectDef } from '../types.ts';
import { account, accountHistory, contact, contactHistory } from './standard/account.ts';
import { activityHistory, openActivity } from './standard/activity-list.ts';
import { emailMessage, event, task, taskPriority, taskStatus } from './standard/activity.ts';
import { campaign, campaignMember, campaignMemberStatus } from './standard/campaign.ts';
import { entityDefinition, fieldDefinition, userFieldAccess, userRecordAccess } from './standard/definition.ts';
import { individual } from './standard/individual.ts';
import { lead, leadHistory, leadStatus } from './standard/lead.ts';
import {
  customNotificationType,
  emailMessageRelation,
  emailTemplate,
  folder,
  orgWideEmailAddress,
} from './standard/messaging.ts';
import {
  opportunity,
  opportunityContactRole,
  opportunityFieldHistory,
  opportunityHistory,
  opportunityStage,
} from './standard/opportunity.ts';
import {
  assignmentRule,
  customPermission,
  duplicateRule,
  fieldPermissions,
  matchingRule,
  objectPermissions,
  permissionSet,
  permissionSetAssignment,
  profile,
  recordType,
  userLicense,
  setupEntityAccess,
} from './standard/permission.ts';
import { businessHours, holiday } from './standard/scheduling.ts';
import { campaignShare, leadShare, opportunityShare } from './standard/share.ts';
import { group, groupMember, organization, queueSobject, user, userRole } from './standard/user.ts';

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
  opportunityHistory,
  campaign,
  campaignMember,
  campaignMemberStatus,
  task,
  taskStatus,
  taskPriority,
  event,
  activityHistory,
  openActivity,
  emailMessage,
  emailMessageRelation,
  emailTemplate,
  folder,
  orgWideEmailAddress,
  customNotificationType,
  individual,
  businessHours,
  holiday,
  user,
  userRole,
  userLicense,
  group,
  groupMember,
  queueSobject,
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
  duplicateRule,
  matchingRule,
  leadShare,
  opportunityShare,
  campaignShare,
  entityDefinition,
  fieldDefinition,
  userRecordAccess,
  userFieldAccess,
];
