import { lookAt } from '../doctor/look.ts';
import type { Crm, CrmObject, CrmRecord } from '../ports.ts';

export type StatusRow = { readonly name: string; readonly isDefault: boolean; readonly isConverted: boolean };
export type Counted = { readonly name: string; readonly leads: number };

/** What an org has of a lead process today. What this user may not read is empty. */
export type OrgProcess = {
  readonly orgName: string;
  readonly timeZone: string;
  readonly lead: CrmObject | undefined;
  /** In the order of the org's picklist. */
  readonly statuses: readonly StatusRow[];
  /** Most leads first. */
  readonly sources: readonly Counted[];
  readonly queues: readonly string[];
  readonly assignmentRules: readonly string[];
  /** E-mail addresses or usernames of users who may sign already. */
  readonly signers: { readonly marketing: readonly string[]; readonly sales: readonly string[] };
};

const mostSources = 15;

/** Reads the lead process of an org; writes nothing. */
export async function readOrgProcess(crm: Crm): Promise<OrgProcess> {
  const rows = async (soql: string): Promise<readonly CrmRecord[]> => {
    const look = await lookAt(() => crm.query(soql));
    return look.seen ? look.value : [];
  };
  const [organization] = await rows('SELECT Name, TimeZoneSidKey FROM Organization');
  const [hours] = await rows('SELECT TimeZoneSidKey FROM BusinessHours WHERE IsActive = true AND IsDefault = true');
  const statuses = await rows('SELECT ApiName, IsDefault, IsConverted FROM LeadStatus ORDER BY SortOrder');
  const sources = await rows(
    'SELECT LeadSource, COUNT(Id) n FROM Lead WHERE LeadSource != null GROUP BY LeadSource ORDER BY COUNT(Id) DESC ' +
      `LIMIT ${mostSources}`,
  );
  const queues = await rows("SELECT Name FROM Group WHERE Type = 'Queue' ORDER BY Name");
  const rules = await rows("SELECT Name FROM AssignmentRule WHERE SobjectType = 'Lead' AND Active = true");
  const signersOf = async (set: string): Promise<readonly string[]> => {
    const held = await rows(
      `SELECT Assignee.Username FROM PermissionSetAssignment WHERE PermissionSet.Name = '${set}' AND Assignee.IsActive = true`,
    );
    return held.map((each) => text(each['Assignee.Username']));
  };
  return {
    orgName: text(organization?.['Name']),
    timeZone: text(hours?.['TimeZoneSidKey'] ?? organization?.['TimeZoneSidKey']) || 'UTC',
    lead: await crm.describe('Lead'),
    statuses: statuses.map((each) => ({
      name: text(each['ApiName']),
      isDefault: each['IsDefault'] === true,
      isConverted: each['IsConverted'] === true,
    })),
    sources: sources.map((each) => ({ name: text(each['LeadSource']), leads: Number(each['n']) })),
    queues: queues.map((each) => text(each['Name'])),
    assignmentRules: rules.map((each) => text(each['Name'])),
    signers: {
      marketing: await signersOf('Accord_Signer_Marketing'),
      sales: await signersOf('Accord_Signer_Sales'),
    },
  };
}

const text = (value: CrmRecord[string] | undefined): string => (typeof value === 'string' ? value : '');
