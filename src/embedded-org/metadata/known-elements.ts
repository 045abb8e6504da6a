import { DeployError } from './deploy-error.ts';
import type { XmlElement } from './xml-element.ts';

/** Elements that a file of each type may have at its top level, up to API 68; types not listed are not checked. */
const KNOWN: Readonly<Record<string, ReadonlySet<string>>> = {
  CustomObject: words(`fullName actionOverrides allowInChatterGroups articleTypeChannelDisplay businessProcesses
    compactLayoutAssignment compactLayouts customHelp customHelpPage customSettingsType deploymentStatus deprecated description
    enableActivities enableBulkApi enableDataTranslation enableDivisions enableEnhancedLookup enableFeeds enableHistory
    enableLicensing enableReports enableSearch enableSharing enableStreamingApi eventType externalDataSource externalName
    externalRepository externalSharingModel fieldSets fields gender historyRetentionPolicy household indexes label listViews
    nameField pluralLabel profileSearchLayouts publishBehavior recordTypeTrackFeedHistory recordTypeTrackHistory recordTypes
    searchLayouts sharingModel sharingReasons sharingRecalculations startsWith validationRules visibility webLinks`),
  CustomField:
    words(`fullName businessOwnerGroup businessOwnerUser businessStatus caseSensitive complianceGroup customDataType
    defaultValue deleteConstraint deprecated description displayFormat displayLocationInDecimal encryptionScheme escapeMarkup
    externalDeveloperName externalId fieldManageability formula formulaTreatBlanksAs inlineHelpText isAIPredictionField
    isConvertLeadDisabled isFilteringDisabled isNameField isSortingDisabled label length lookupFilter maskChar maskType
    metadataRelationshipControllingField populateExistingRows precision referenceTargetField referenceTo relationshipLabel
    relationshipName relationshipOrder reparentableMasterDetail required restrictedAdminField scale securityClassification
    startingNumber stripMarkup summarizedField summaryFilterItems summaryForeignKey summaryOperation trackFeedHistory
    trackHistory trackTrending translateData type unique valueSet visibleLines writeRequiresMasterRead`),
  ValidationRule: words(
    'fullName active description errorConditionFormula errorDisplayField errorMessage shouldEvaluateOnClient',
  ),
  BusinessProcess: words('fullName description isActive values'),
  QuickAction:
    words(`fullName actionSubtype canvas description fieldOverrides flowDefinition height icon isProtected label
    lightningComponent lightningWebComponent mobExtDisplayMode optionsCreateFeedItem page quickActionLayout
    quickActionSendEmailOptions standardLabel successMessage targetObject targetParentField targetRecordType type width`),
  WebLink:
    words(`fullName availability description displayType encodingKey hasMenubar hasScrollbars hasToolbar height isResizable
    linkType masterLabel openType page position protected requireRowSelection scontrol showsLocation showsStatus url width`),
  RecordType: words('fullName active businessProcess compactLayoutAssignment description label picklistValues'),
  ListView: words('fullName booleanFilter columns division filterScope filters label language queue sharedTo'),
  CompactLayout: words('fullName fields label'),
  FieldSet: words('fullName availableFields description displayedFields label'),
  CustomPermission: words('fullName connectedApp description isLicensed label requiredPermission'),
  PlatformEventChannel: words('fullName channelType eventType label'),
  PlatformEventChannelMember: words('fullName enrichedFields eventChannel filterExpression selectedEntity'),
  PermissionSet:
    words(`fullName agentAccesses applicationVisibilities classAccesses customMetadataTypeAccesses customPermissions
    customSettingAccesses dataspaceScopes description emailRoutingAddressAccesses externalCredentialPrincipalAccesses
    externalDataSourceAccesses fieldPermissions flowAccesses hasActivationRequired label license objectPermissions pageAccesses
    recordTypeVisibilities servicePresenceStatusAccesses tabSettings userPermissions`),
  CustomTab:
    words(`fullName actionOverrides auraComponent customObject description flexiPage frameHeight hasSidebar icon label
    lwcComponent motif page scontrol splashPageLink url urlEncodingKey`),
  CustomApplication: words(`fullName actionOverrides brand consoleConfig defaultLandingTab description formFactors
    isNavAutoTempTabsDisabled isNavPersonalizationDisabled isNavTabPersistenceDisabled isOmniPinnedViewEnabled
    isServiceCloudConsole label logo navType preferences profileActionOverrides setupExperience subscriberTabs tabs uiType
    utilityBar workspaceConfig`),
  FlexiPage:
    words(`fullName description events flexiPageRegions masterLabel parentFlexiPage pageTemplate platformActionlist
    quickActionList sobjectType template type`),
  LightningComponentBundle:
    words(`fullName apiVersion capabilities description isExplicitImport isExposed lwcResources masterLabel
    runtimeNamespace targetConfigs targets`),
  StaticResource: words('fullName content cacheControl contentType description'),
  AssignmentRules: words('fullName assignmentRule'),
  MatchingRules: words('fullName matchingRules'),
  DuplicateRule:
    words(`fullName actionOnInsert actionOnUpdate alertText description duplicateRuleFilter duplicateRuleMatchRules
    isActive masterLabel operationsOnInsert operationsOnUpdate securityOption sortOrder`),
  Layout:
    words(`fullName customButtons customConsoleComponents emailDefault excludeButtons feedLayout headers layoutSections
    miniLayout multilineLayoutFields platformActionList quickActionList relatedContent relatedLists relatedObjects
    runAssignmentRulesDefault showEmailCheckbox showHighlightsPanel showInteractionLogPanel showKnowledgeComponent
    showRunAssignmentRulesCheckbox showSolutionSection showSubmitAndAttachButton summaryLayout`),
  CustomNotificationType: words(
    'fullName actionGroups customNotifTypeName description desktop masterLabel mobile slack',
  ),
};

/** Lists inside a file whose misspelt elements would silently grant less than the file means to: type, then its elements. */
const LISTS: Readonly<Record<string, readonly [string, ReadonlySet<string>]>> = {
  'PermissionSet.applicationVisibilities': ['PermissionSetApplicationVisibility', words('application visible')],
  'PermissionSet.customPermissions': ['PermissionSetCustomPermissions', words('enabled name')],
  'PermissionSet.fieldPermissions': ['PermissionSetFieldPermissions', words('editable field readable')],
  'PermissionSet.objectPermissions': [
    'PermissionSetObjectPermissions',
    words('allowCreate allowDelete allowEdit allowRead modifyAllRecords object viewAllFields viewAllRecords'),
  ],
  'PermissionSet.recordTypeVisibilities': ['PermissionSetRecordTypeVisibility', words('recordType visible')],
  'PermissionSet.tabSettings': ['PermissionSetTabSetting', words('tab visibility')],
  'PermissionSet.userPermissions': ['PermissionSetUserPermission', words('enabled name')],
};

/** Elements of a page at any depth that would else be left out of it silently: type, then its own elements. */
const PAGE_PARTS: Readonly<Record<string, readonly [string, ReadonlySet<string>]>> = {
  flexiPageRegions: ['FlexiPageRegion', words('appendable itemInstances mode name prependable replaceable type')],
  itemInstances: ['ItemInstance', words('componentInstance fieldInstance')],
  componentInstance: [
    'ComponentInstance',
    words(`componentInstanceProperties componentName componentType flexipageDataSources identifier visibilityRule`),
  ],
  componentInstanceProperties: ['ComponentInstanceProperty', words('name type value valueList')],
  fieldInstance: ['FieldInstance', words('fieldInstanceProperties fieldItem identifier visibilityRule')],
};

/** Throws the platform's parser error for the first element that a part of a page does not have. */
export function checkPageParts(element: XmlElement): void {
  const known = PAGE_PARTS[element.name];
  if (known) refuseStranger(...known, element);
  element.children.forEach(checkPageParts);
}

/** The names of a type's elements, sorted; none for a type whose files are not checked. */
export const knownElements = (type: string): readonly string[] => [...(KNOWN[type] ?? [])].toSorted();

/** Throws the platform's parser error for the first element the type does not have. */
export function checkElements(type: string, element: XmlElement): void {
  const known = KNOWN[type];
  if (known) refuseStranger(type, known, element);
  for (const each of element.children) {
    const list = LISTS[`${type}.${each.name}`];
    if (list) refuseStranger(...list, each);
  }
}

function refuseStranger(type: string, known: ReadonlySet<string>, element: XmlElement): void {
  const stranger = element.children.find((each) => !known.has(each.name));
  if (!stranger) return;
  throw new DeployError(
    `Error parsing file: Element {http://soap.sforce.com/2006/04/metadata}${stranger.name} invalid at this location in type ${type}`,
  );
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}
