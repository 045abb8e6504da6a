import { randomInt } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { rollBack } from '../database.ts';
import { makeId } from '../ids.ts';
import type { Schema } from '../types.ts';
import { PICKLIST_ROWS } from './picklist-rows.ts';
import { PROFILES } from './profiles.ts';
import { insertProfile } from './insert-profile.ts';
import { rowWriter, type WriteRow } from './row-writer.ts';

/** What a new database is filled with once: the organization, profiles, an administrator and the platform's own user. */
export function bootstrapOrg(db: DatabaseSync, schema: Schema, now: number): void {
  if (db.prepare('select 1 from "Organization"').get() !== undefined) return;
  db.exec('begin immediate');
  try {
    fill(schema, rowWriter(db, schema, now, USER_IDS.automated));
    db.exec('commit');
  } catch (error) {
    rollBack(db, 'rollback');
    throw error;
  }
}

const USER_IDS = { automated: makeId('005', 1), administrator: makeId('005', 2) };

const LOCALE = {
  TimeZoneSidKey: 'America/Los_Angeles',
  LocaleSidKey: 'en_US',
  LanguageLocaleKey: 'en_US',
  EmailEncodingKey: 'UTF-8',
};

function fill(schema: Schema, write: WriteRow): void {
  // No two orgs share an id: clients keep what they know of an org under it.
  write('Organization', randomInt(1, 2 ** 40), ORGANIZATION);
  const licenses = new Map(LICENSES.map((license, index) => [license.Name, write('UserLicense', index + 1, license)]));
  const profileIds = PROFILES.map((profile, index) =>
    insertProfile(schema, write, profile, licenses.get(profile.license) ?? '', index + 1),
  );
  const [administrator = '', , minimum = ''] = profileIds;
  write('User', 1, { ...automatedProcess, ...LOCALE, ProfileId: minimum });
  write('User', 2, { ...systemAdministrator, ...LOCALE, ProfileId: administrator });
  write('BusinessHours', 1, businessHours);
  for (const [objectName, firstSequence, rows] of PICKLIST_ROWS)
    rows.forEach((row, index) => write(objectName, firstSequence + index, { ...row, SortOrder: index + 1 }));
}

const LICENSES = [
  { Name: 'Salesforce', MasterLabel: 'Salesforce', LicenseDefinitionKey: 'SFDC', Status: 'Active', TotalLicenses: 100 },
  {
    Name: 'Salesforce Integration',
    MasterLabel: 'Salesforce Integration',
    LicenseDefinitionKey: 'PID_Salesforce_Integration',
    Status: 'Active',
    TotalLicenses: 5,
  },
];

const automatedProcess = {
  Username: 'autoproc@accord.example',
  LastName: 'Automated Process',
  Email: 'autoproc@accord.example',
  Alias: 'autoproc',
  CommunityNickname: 'autoproc',
  IsActive: 1,
  UserType: 'AutomatedProcess',
};

const systemAdministrator = {
  Username: 'admin@accord.example',
  FirstName: 'Admin',
  LastName: 'User',
  Email: 'admin@accord.example',
  Alias: 'admin',
  CommunityNickname: 'admin',
  IsActive: 1,
  UserType: 'Standard',
  UserPermissionsMarketingUser: 1,
};

const dayLong = (day: string): Record<string, string> => ({
  [`${day}StartTime`]: '00:00:00.000Z',
  [`${day}EndTime`]: '00:00:00.000Z',
});

/** A new org is open around the clock. */
const businessHours = {
  Name: 'Default',
  IsActive: 1,
  IsDefault: 1,
  TimeZoneSidKey: LOCALE.TimeZoneSidKey,
  ...dayLong('Sunday'),
  ...dayLong('Monday'),
  ...dayLong('Tuesday'),
  ...dayLong('Wednesday'),
  ...dayLong('Thursday'),
  ...dayLong('Friday'),
  ...dayLong('Saturday'),
};

const ORGANIZATION = {
  Name: 'Accord Embedded Org',
  Country: 'US',
  DefaultLocaleSidKey: 'en_US',
  TimeZoneSidKey: LOCALE.TimeZoneSidKey,
  LanguageLocaleKey: 'en_US',
  FiscalYearStartMonth: 1,
  DefaultAccountAccess: 'Edit',
  DefaultContactAccess: 'Edit',
  DefaultOpportunityAccess: 'Read',
  DefaultLeadAccess: 'ReadEditTransfer',
  DefaultCampaignAccess: 'All',
  OrganizationType: 'Developer Edition',
  InstanceName: 'LOCAL',
};
