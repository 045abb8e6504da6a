import { applyAssignmentRules } from './components/assignment-rules.ts';
import { applyChannelMember, checkChannel } from './components/change-channel.ts';
import { applyCustomField } from './components/custom-field.ts';
import { applyCustomObject } from './components/custom-object.ts';
import { applyCustomPermission } from './components/custom-permission.ts';
import { applyDuplicateRule } from './components/duplicate-rule.ts';
import { applyMatchingRules } from './components/matching-rules.ts';
import { checkFlexiPage } from './components/flexi-page.ts';
import { applyNotificationType } from './components/notification-type.ts';
import { applyPermissionSet } from './components/permission-set.ts';
import { applyRecordType } from './components/record-type.ts';
import {
  checkApplication, checkBundle, checkFlow, checkLayout, checkListView, checkQuickAction, checkStaticResource, checkTab,
  stored,
} from './components/stored-components.ts'; // prettier-ignore
import { applyValidationRule } from './components/validation-rule.ts';
import type { Apply } from './deploy-run.ts';

export type ComponentType = {
  readonly name: string;
  /** Where its files are, and how they end; missing for types that come inside an object's file. */
  readonly folder?: string;
  readonly suffix?: string;
  /** The element of an object's file that holds one of these. */
  readonly element?: string;
  readonly apply: Apply;
};

/** What the org can deploy, in the order that lets each type refer to those before it. */
export const COMPONENT_TYPES: readonly ComponentType[] = [
  { name: 'CustomObject', folder: 'objects', suffix: '.object', apply: applyCustomObject },
  { name: 'CustomField', element: 'fields', apply: applyCustomField },
  { name: 'CustomPermission', folder: 'customPermissions', suffix: '.customPermission', apply: applyCustomPermission },
  { name: 'ValidationRule', element: 'validationRules', apply: applyValidationRule },
  { name: 'BusinessProcess', element: 'businessProcesses', apply: stored('BusinessProcess', '019') },
  { name: 'RecordType', element: 'recordTypes', apply: applyRecordType },
  { name: 'CompactLayout', element: 'compactLayouts', apply: stored('CompactLayout', '0AH') },
  { name: 'FieldSet', element: 'fieldSets', apply: stored('FieldSet', '0IX') },
  { name: 'WebLink', element: 'webLinks', apply: stored('WebLink', '00b') },
  { name: 'ListView', element: 'listViews', apply: stored('ListView', '00B', checkListView) },
  { name: 'StaticResource', folder: 'staticresources', suffix: '.resource', apply: stored('StaticResource', '081', checkStaticResource) },
  { name: 'LightningComponentBundle', folder: 'lwc', apply: stored('LightningComponentBundle', '0Rb', checkBundle) },
  { name: 'Flow', folder: 'flows', suffix: '.flow', apply: stored('Flow', '301', checkFlow) },
  { name: 'QuickAction', folder: 'quickActions', suffix: '.quickAction', apply: stored('QuickAction', '09D', checkQuickAction) },
  { name: 'FlexiPage', folder: 'flexipages', suffix: '.flexipage', apply: stored('FlexiPage', '0M0', checkFlexiPage) },
  { name: 'Layout', folder: 'layouts', suffix: '.layout', apply: stored('Layout', '00h', checkLayout) },
  { name: 'CustomTab', folder: 'tabs', suffix: '.tab', apply: stored('CustomTab', '01r', checkTab) },
  { name: 'CustomApplication', folder: 'applications', suffix: '.app', apply: stored('CustomApplication', '02u', checkApplication) },
  { name: 'CustomNotificationType', folder: 'notificationtypes', suffix: '.notiftype', apply: applyNotificationType },
  { name: 'PlatformEventChannel', folder: 'platformEventChannels', suffix: '.platformEventChannel', apply: stored('PlatformEventChannel', '0YL', checkChannel) },
  { name: 'PlatformEventChannelMember', folder: 'platformEventChannelMembers', suffix: '.platformEventChannelMember', apply: applyChannelMember },
  { name: 'PermissionSet', folder: 'permissionsets', suffix: '.permissionset', apply: applyPermissionSet },
  { name: 'AssignmentRules', folder: 'assignmentRules', suffix: '.assignmentRules', apply: applyAssignmentRules },
  { name: 'MatchingRules', folder: 'matchingRules', suffix: '.matchingRule', apply: applyMatchingRules },
  { name: 'DuplicateRule', folder: 'duplicateRules', suffix: '.duplicateRule', apply: applyDuplicateRule },
]; // prettier-ignore

/** Types that a Salesforce org has and this one has not; others are no metadata types at all. */
export const UNSUPPORTED_TYPES: ReadonlySet<string> = new Set(
  `ApexClass ApexComponent ApexPage ApexTrigger ApprovalProcess AuraDefinitionBundle AuthProvider AutoResponseRules Bot
  CallCenter Certificate ConnectedApp ContentAsset CspTrustedSite CustomApplicationComponent CustomFeedFilter CustomLabel
  CustomLabels CustomMetadata CustomObjectTranslation CustomPageWebLink CustomSite Dashboard DashboardFolder
  EmailServicesFunction EmailTemplate EscalationRules EventSubscription ExperienceBundle ExternalCredential ExternalDataSource
  FlowDefinition GlobalValueSet GlobalValueSetTranslation Group HomePageComponent HomePageLayout InstalledPackage
  LeadConvertSettings Letterhead LightningExperienceTheme LightningMessageChannel LiveChatButton ManagedTopics MatchingRule
  NamedCredential Network PathAssistant PermissionSetGroup Profile
  PostTemplate Queue RemoteSiteSetting Report ReportFolder ReportType Role SharingCriteriaRule SharingOwnerRule SharingReason
  Settings SharingRules SharingSet SiteDotCom StandardValueSet SynonymDictionary Territory Territory2 TopicsForObjects
  TransactionSecurityPolicy Translations Workflow WorkflowAlert WorkflowFieldUpdate WorkflowRule WorkflowTask`.split(
    /\s+/,
  ),
);
