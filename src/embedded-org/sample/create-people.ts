import type { Org } from '../data/org-core.ts';
import type { UserContext } from '../data/types.ts';
import { SAMPLE_DOMAIN, SAMPLE_PEOPLE, usernameOf, type SamplePerson } from './people.ts';
import { insertOne } from './sample-dml.ts';

export type SampleStaff = {
  /** Throws for a key that SAMPLE_PEOPLE does not have. */
  user(key: string): UserContext;
  readonly queueId: string;
  readonly usernames: readonly string[];
};

/** What Field Sales may not see of a lead, so that pages and receipts can be tried with hidden fields. */
const HIDDEN_FROM_FIELD_SALES = ['Lead.NumberOfEmployees', 'Lead.AnnualRevenue'];

/** Creates Northwind's roles, the profile with hidden fields, its users and the queue that new leads wait in. */
export function createPeople(org: Org): SampleStaff {
  const system = org.system();
  const roles = createRoles(org);
  const profiles = new Map<string, string>([...profileIds(org), ['Field Sales', createFieldSales(org)]]);
  for (const each of SAMPLE_PEOPLE) insertOne(org, system, 'User', userRow(each, roles, profiles));
  const queueId = insertOne(org, system, 'Group', {
    Name: 'Inbound Leads',
    DeveloperName: 'Inbound_Leads',
    Type: 'Queue',
  });
  insertOne(org, system, 'QueueSobject', { QueueId: queueId, SobjectType: 'Lead' });
  const users = new Map(SAMPLE_PEOPLE.map(({ key }) => [key, org.findUserByUsername(usernameOf(key))]));
  return {
    queueId,
    usernames: SAMPLE_PEOPLE.map(({ key }) => usernameOf(key)),
    user(key) {
      const found = users.get(key);
      if (!found) throw new Error(`Northwind has nobody called ${key}`);
      return found;
    },
  };
}

function createRoles(org: Org): ReadonlyMap<string, string> {
  const role = (Name: string, ParentRoleId: string | null): string =>
    insertOne(org, org.system(), 'UserRole', { Name, DeveloperName: Name.replaceAll(' ', '_'), ParentRoleId });
  const sales = role('VP Sales', null);
  return new Map([
    ['VP Sales', sales],
    ['Sales Development', role('Sales Development', sales)],
    ['Marketing', role('Marketing', null)],
  ]);
}

/** Clones Standard User, as an admin would, and takes the size of the company away. */
function createFieldSales(org: Org): string {
  const id = org.cloneProfile('Standard User', 'Field Sales');
  for (const field of HIDDEN_FROM_FIELD_SALES) org.setProfileFieldAccess(id, field, { read: false, edit: false });
  return id;
}

function profileIds(org: Org): [string, string][] {
  const profiles = org.query(org.system(), 'SELECT Id, Name FROM Profile', {
    includeDeleted: false,
    apiVersion: 68,
  });
  return profiles.page(0, profiles.totalSize).map((row) => [String(row['Name']), String(row['Id'])]);
}

function userRow(who: SamplePerson, roles: ReadonlyMap<string, string>, profiles: ReadonlyMap<string, string>) {
  return {
    Username: usernameOf(who.key),
    Email: `${who.firstName}.${who.lastName}@${SAMPLE_DOMAIN}`
      .normalize('NFD')
      .replaceAll(/[^A-Za-z.@]/g, '')
      .toLowerCase(),
    FirstName: who.firstName,
    LastName: who.lastName,
    Title: who.title,
    Alias: who.key.slice(0, 8),
    ProfileId: profiles.get(who.profile),
    UserRoleId: who.role ? roles.get(who.role) : null,
    TimeZoneSidKey: 'America/New_York',
    LocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    IsActive: true,
    // The checkbox, besides the profile's right, without which nobody creates campaigns.
    UserPermissionsMarketingUser: who.profile === 'Marketing User',
  };
}
