/** Letters of the object rights: Create, Read, Edit, Delete, View all, Modify all. */
export type ObjectRights = { readonly objects: readonly string[]; readonly letters: string };

export type ProfileRights = {
  readonly name: string;
  readonly license: 'Salesforce' | 'Salesforce Integration';
  /** User permissions without their prefix, or `*` for nearly all, as System Administrator has. */
  readonly permissions: readonly string[] | '*';
  readonly objects: readonly ObjectRights[];
  /** Whether every standard field that can be hidden is readable and editable. */
  readonly allFields: boolean;
};

/** Permissions a System Administrator profile leaves unset. */
export const NOT_FOR_ADMINISTRATORS: readonly string[] = [
  'AllowViewEditConvertedLeads',
  'ApiUserOnly',
  'ForceTwoFactor',
  'TwoFactorApi',
  'PreventClassicExperience',
  'HideReadByList',
  'ViewOnlyEmbeddedAppUser',
  'PasswordNeverExpires',
  'CreateAuditFields',
  'UpdateWithInactiveOwner',
  'BulkApiHardDelete',
  'DelegatedPortalUserAdmin',
  'PortalSuperUser',
];

const STANDARD_USER: readonly string[] = [
  'ActivateContract',
  'AllowUniversalSearch',
  'AllowViewKnowledge',
  'ApiEnabled',
  'ChatterInternalUser',
  'ChatterInviteExternalUsers',
  'ChatterOwnGroups',
  'ConvertLeads',
  'CreateTopics',
  'AssignTopics',
  'EditTopics',
  'EditEvent',
  'EditTask',
  'EmailMass',
  'EmailSingle',
  'EnableNotifications',
  'ExportReport',
  'ImportPersonal',
  'LightningExperienceUser',
  'RunFlow',
  'RunReports',
  'SelectFilesFromSalesforce',
  'SubmitMacrosAllowed',
  'UseWebLink',
  'ViewHelpLink',
  'ViewRoles',
  'ViewSetup',
];

export const PROFILES: readonly ProfileRights[] = [
  {
    name: 'System Administrator',
    license: 'Salesforce',
    permissions: '*',
    objects: [{ objects: ['Account', 'Campaign', 'Contact', 'Lead', 'Opportunity'], letters: 'CREDVM' }],
    allFields: true,
  },
  {
    name: 'Standard User',
    license: 'Salesforce',
    permissions: STANDARD_USER,
    objects: [
      { objects: ['Account', 'Contact', 'Lead', 'Opportunity'], letters: 'CRED' },
      { objects: ['Campaign'], letters: 'R' },
    ],
    allFields: true,
  },
  {
    name: 'Minimum Access - API Only Integrations',
    license: 'Salesforce Integration',
    permissions: ['ApiEnabled', 'ApiUserOnly', 'ChatterInternalUser'],
    objects: [],
    allFields: false,
  },
  {
    name: 'Marketing User',
    license: 'Salesforce',
    permissions: [...STANDARD_USER, 'ImportLeads'],
    objects: [
      { objects: ['Account', 'Contact', 'Lead', 'Opportunity'], letters: 'CRED' },
      { objects: ['Campaign'], letters: 'CRED' },
    ],
    allFields: true,
  },
];
