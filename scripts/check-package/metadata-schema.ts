import schema from 'jsforce/lib/api/metadata/schema.js';

type Shape = { readonly props: Readonly<Record<string, unknown>>; readonly extends?: string };

/** Elements that are newer than the metadata schema that jsforce ships. */
const NEWER: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  CustomPermission: { isLicensed: 'boolean' },
  FlexiPageRegion: { itemInstances: ['ItemInstance'] },
  ItemInstance: { componentInstance: '?ComponentInstance', fieldInstance: '?FieldInstance' },
  ComponentInstance: { identifier: '?string' },
  FieldInstance: { fieldInstanceProperties: ['FieldInstanceProperty'], fieldItem: 'string', identifier: '?string' },
  FieldInstanceProperty: { name: 'string', value: 'string' },
  LightningComponentBundle: { targets: '?Targets', targetConfigs: '?TargetConfigs', masterLabel: '?string' },
  Targets: { target: ['string'] },
  TargetConfigs: { targetConfig: ['TargetConfig'] },
  TargetConfig: { objects: '?TargetObjects', property: ['TargetProperty'], supportedFormFactors: '?FormFactors' },
  TargetObjects: { object: ['string'] },
};

/** Values that an org accepts, for the elements that this package uses; the schema calls all of them text. */
export const ALLOWED_VALUES: Readonly<Record<string, readonly string[]>> = {
  'CustomField.type':
    'AutoNumber Lookup MasterDetail Checkbox Currency Date DateTime Email EncryptedText Html Location LongTextArea MultiselectPicklist Number Percent Phone Picklist Summary Text TextArea Time Url'.split(
      ' ',
    ),
  'CustomField.deleteConstraint': ['Cascade', 'Restrict', 'SetNull'],
  'CustomObject.deploymentStatus': ['Deployed', 'InDevelopment'],
  'CustomObject.sharingModel': ['ControlledByParent', 'Private', 'Read', 'ReadWrite'],
  'CustomObject.externalSharingModel': ['ControlledByParent', 'Private', 'Read', 'ReadWrite'],
  'CustomObject.visibility': ['PackageProtected', 'Protected', 'Public'],
  'CustomApplication.formFactors': ['Large', 'Medium', 'Small'],
  'CustomApplication.navType': ['Console', 'Standard'],
  'CustomApplication.uiType': ['Aloha', 'Lightning'],
  'AppActionOverride.actionName': ['Accept', 'Clone', 'Delete', 'Edit', 'List', 'New', 'Tab', 'View'],
  'AppActionOverride.formFactor': ['Large', 'Small'],
  'AppActionOverride.type': ['Default', 'Flexipage', 'LightningComponent', 'Scontrol', 'Standard', 'Visualforce'],
  'FlexiPage.type': ['AppPage', 'HomePage', 'RecordPage', 'UtilityBar'],
  'FlexiPageRegion.type': ['Facet', 'Region'],
  'FlexiPageRegion.mode': ['Append', 'Prepend', 'Replace'],
  'LayoutItem.behavior': ['Edit', 'Readonly', 'Required'],
  'LayoutSection.style': ['CustomLinks', 'OneColumn', 'TwoColumnsLeftToRight', 'TwoColumnsTopToBottom'],
  'ListView.filterScope': ['Delegated', 'Everything', 'Mine', 'MineAndMyGroups', 'MyTeamTerritory', 'Queue', 'Team'],
  'ListViewFilter.operation':
    'contains equals excludes greaterOrEqual greaterThan includes lessOrEqual lessThan notContain notEqual startsWith within'.split(
      ' ',
    ),
  'PermissionSetTabSetting.visibility': ['Available', 'None', 'Visible'],
  'StaticResource.cacheControl': ['Private', 'Public'],
  'Targets.target':
    'lightning__AppPage lightning__FlowScreen lightning__HomePage lightning__RecordAction lightning__RecordPage lightning__Tab lightning__UrlAddressable lightning__UtilityBar'.split(
      ' ',
    ),
};

/** Element names and the types of their content for one metadata type; undefined for a type that is not known. */
export function elementsOf(type: string): ReadonlyMap<string, { type: string; required: boolean }> | undefined {
  const shapes = schema.ApiSchemas as unknown as Readonly<Record<string, Shape | undefined>>;
  const shape = shapes[type];
  if (!shape && !NEWER[type]) return undefined;
  const props = { ...shapes[shape?.extends ?? '']?.props, ...shape?.props, ...NEWER[type] };
  return new Map(Object.entries(props).map(([name, kind]) => [name, toElement(kind)]));
}

function toElement(kind: unknown): { type: string; required: boolean } {
  if (Array.isArray(kind)) return { type: String(kind[0]).replace('?', ''), required: false };
  const text = String(kind);
  return { type: text.replace('?', ''), required: !text.startsWith('?') };
}
