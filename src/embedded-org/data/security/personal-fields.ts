import type { FieldDef } from '../types.ts';

/**
 * What the page for personal information in Setup lets everybody change about themselves.
 *
 * Not their addresses: an org lets the owner of a new one confirm it first, and who signs is told by the address.
 */
const PERSONAL_FIELDS = new Set([
  'FirstName',
  'LastName',
  'Alias',
  'CommunityNickname',
  'Title',
  'CompanyName',
  'Department',
  'Division',
  'Street',
  'City',
  'State',
  'PostalCode',
  'Country',
  'Latitude',
  'Longitude',
  'GeocodeAccuracy',
  'Phone',
  'Fax',
  'MobilePhone',
  'Extension',
  'DelegatedApproverId',
  'AboutMe',
  'Signature',
  'SenderName',
  'EmailPreferencesAutoBcc',
  'ReceivesInfoEmails',
  'TimeZoneSidKey',
  'LocaleSidKey',
  'EmailEncodingKey',
  'LanguageLocaleKey',
]);

/** Whether users may change the standard field of their own record without Manage Users: preferences, too. */
export const isPersonalField = (field: FieldDef): boolean =>
  PERSONAL_FIELDS.has(field.name) || field.name.startsWith('UserPreferences');
