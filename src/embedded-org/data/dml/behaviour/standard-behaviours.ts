import { accountBehaviour } from './account.ts';
import { eventBehaviour, taskBehaviour } from './activity.ts';
import type { Behaviour } from './behaviour.ts';
import { campaignBehaviour, memberStatusBehaviour } from './campaign.ts';
import { campaignMemberBehaviour } from './campaign-member.ts';
import { fieldPermissionsBehaviour, objectPermissionsBehaviour } from './granted-rights.ts';
import { groupBehaviour, groupMemberBehaviour, queueSobjectBehaviour } from './group.ts';
import { leadBehaviour } from './lead.ts';
import { opportunityBehaviour } from './opportunity.ts';
import { permissionSetAssignmentBehaviour, permissionSetBehaviour } from './permission-set.ts';
import { roleBehaviour } from './role.ts';
import { shareBehaviour } from './share.ts';
import { userBehaviour } from './user.ts';

const behaviours: Readonly<Record<string, Behaviour>> = {
  Account: accountBehaviour,
  Campaign: campaignBehaviour,
  CampaignMember: campaignMemberBehaviour,
  CampaignMemberStatus: memberStatusBehaviour,
  Event: eventBehaviour,
  FieldPermissions: fieldPermissionsBehaviour,
  Group: groupBehaviour,
  GroupMember: groupMemberBehaviour,
  Lead: leadBehaviour,
  ObjectPermissions: objectPermissionsBehaviour,
  Opportunity: opportunityBehaviour,
  PermissionSet: permissionSetBehaviour,
  PermissionSetAssignment: permissionSetAssignmentBehaviour,
  QueueSobject: queueSobjectBehaviour,
  Task: taskBehaviour,
  User: userBehaviour,
  UserRole: roleBehaviour,
};

const NONE: Behaviour = {};

export const behaviourOf = (objectName: string): Behaviour =>
  behaviours[objectName] ?? (objectName.endsWith('Share') ? shareBehaviour : NONE);
