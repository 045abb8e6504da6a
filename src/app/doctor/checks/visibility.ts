import type { Crm } from '../../ports.ts';
import { quoted } from '../../ports/soql-text.ts';
import { type Check, countBy, type ServiceUser } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { lookAt, unseen } from '../look.ts';

/** Salesforce's own count is approximate and lags behind. */
const tolerableShare = 0.02;

/** Finds leads that the service does not see although the org has them: they would silently have no stage. */
export const checkVisibility: Check = async ({ crm, user, serviceUsers }) => {
  const services = serviceUsers.seen ? serviceUsers.value : [{ id: user.userId, username: user.username }];
  const findings: Finding[] = [];
  for (const service of services) {
    const isSelf = service.id === user.userId;
    const look = await lookAt(() => (isSelf ? compareCounts(crm) : compareRights(crm, service)));
    if (!look.seen) findings.push(unseen('lead-counts', 'Whether the service sees all leads', look.why));
    else if (look.value !== undefined) findings.push(hiddenLeads(look.value));
  }
  return findings;
};

/** What this user sees beside what the org has. */
async function compareCounts(crm: Crm): Promise<string | undefined> {
  const all = (await crm.countRecords(['Lead'])).get('Lead') ?? 0;
  const seen = await countBy(crm, 'SELECT COUNT(Id) n FROM Lead');
  return all - seen > all * tolerableShare ? `the service sees ${seen} of about ${all} leads` : undefined;
}

/** Nobody can count as somebody else; but who lacks View All of a private object sees less than everything. */
async function compareRights(crm: Crm, { id, username }: ServiceUser): Promise<string | undefined> {
  const [lead] = await crm.query("SELECT InternalSharingModel FROM EntityDefinition WHERE QualifiedApiName = 'Lead'");
  if (lead?.['InternalSharingModel'] !== 'Private') return undefined;
  const sets = `SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = ${quoted(id)}`;
  const ofLead = await countBy(
    crm,
    `SELECT COUNT(Id) n FROM ObjectPermissions WHERE SobjectType = 'Lead' AND PermissionsViewAllRecords = true AND ParentId IN (${sets})`,
  );
  const ofAll = await countBy(
    crm,
    `SELECT COUNT(Id) n FROM PermissionSet WHERE PermissionsViewAllData = true AND Id IN (${sets})`,
  );
  const byProfile = await countBy(
    crm,
    `SELECT COUNT(Id) n FROM User WHERE Id = ${quoted(id)} AND Profile.PermissionsViewAllData = true`,
  );
  return ofLead + ofAll + byProfile > 0
    ? undefined
    : `leads are private, and ${username} has no View All Records on them`;
}

const hiddenLeads = (evidence: string): Finding => ({
  id: 'leads-hidden-from-service',
  severity: 'blocks-enforce',
  title: 'The service does not see all leads of the org.',
  evidence: [evidence],
  fixedBy: 'administrator',
  how: 'Assign the permission set Accord_Service_Org to its user: it holds View All Records on Lead.',
});
