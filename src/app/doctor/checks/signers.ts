import type { Party } from '../../../domain/agreement/schema.ts';
import { quotedList } from '../../ports/soql-text.ts';
import type { Crm, CrmRecord } from '../../ports.ts';
import { type Check, named } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { lookAt, unseen } from '../look.ts';
import { fieldOf } from './text-field.ts';

const permissions: Readonly<Record<Party, { readonly permission: string; readonly set: string }>> = {
  sales: { permission: 'Accord_Sign_Sales', set: 'Accord_Signer_Sales' },
  marketing: { permission: 'Accord_Sign_Marketing', set: 'Accord_Signer_Marketing' },
};

/** Finds signers who have left, who are not users of the org, or who lack the right to sign. */
export const checkSigners: Check = async ({ crm, subject }) => {
  if (!subject) return [];
  const findings: Finding[] = [];
  for (const party of ['marketing', 'sales'] as const) {
    const { signers } = subject.agreement.parties[party];
    const look = await lookAt(() => judgeSigners(crm, party, signers));
    if (!look.seen) return [unseen('signers', 'Whether the signers can sign', look.why)];
    findings.push(...findingsOf(party, signers, look.value));
  }
  return findings;
};

type Standing = { readonly missing: string[]; readonly left: string[]; readonly unable: string[] };

async function judgeSigners(crm: Crm, party: Party, signers: readonly string[]): Promise<Standing> {
  const names = quotedList(signers);
  const users = await crm.query(
    `SELECT Id, Username, Email, IsActive FROM User WHERE Username IN ${names} OR Email IN ${names}`,
  );
  const able = await holdersOf(crm, permissions[party].permission);
  const standing: Standing = { missing: [], left: [], unable: [] };
  for (const signer of signers) {
    const theirs = users.filter((user) => isNamed(user, signer));
    const active = theirs.filter((user) => user['IsActive'] === true);
    if (theirs.length === 0) standing.missing.push(signer);
    else if (active.length === 0) standing.left.push(signer);
    else if (!active.some((user) => able.has(fieldOf(user, 'Id')))) standing.unable.push(signer);
  }
  return standing;
}

const isNamed = (user: CrmRecord, signer: string): boolean =>
  [user['Username'], user['Email']].some((name) => String(name).toLowerCase() === signer.trim().toLowerCase());

async function holdersOf(crm: Crm, permission: string): Promise<ReadonlySet<string>> {
  const grants = await crm.query(
    "SELECT ParentId FROM SetupEntityAccess WHERE SetupEntityId IN (SELECT Id FROM CustomPermission WHERE DeveloperName = '" +
      `${permission}')`,
  );
  if (grants.length === 0) return new Set();
  const sets = quotedList(grants.map((grant) => fieldOf(grant, 'ParentId')));
  const held = await crm.query(`SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSetId IN ${sets}`);
  return new Set(held.map((each) => fieldOf(each, 'AssigneeId')));
}

function findingsOf(party: Party, signers: readonly string[], { missing, left, unable }: Standing): readonly Finding[] {
  const findings: Finding[] = [];
  const none = missing.length + left.length + unable.length === signers.length;
  const severity = none ? 'blocks-enforce' : 'warns';
  if (missing.length > 0) {
    findings.push({
      id: `signers-unknown:${party}`,
      severity,
      title: `The agreement names signers of ${party} who are not users of the org.`,
      evidence: [named(missing)],
      fixedBy: 'signers',
      how: 'Name the username or e-mail address of a user in a new version.',
    });
  }
  if (left.length > 0) {
    findings.push({
      id: `signers-inactive:${party}`,
      severity,
      title: `The agreement names signers of ${party} who are not active any more.`,
      evidence: [named(left)],
      fixedBy: 'signers',
      how: 'Agree on a new version that names who signs now. What was signed stays in force.',
    });
  }
  if (unable.length > 0) {
    findings.push({
      id: `signers-without-permission:${party}`,
      severity,
      title: `Signers of ${party} lack the permission to sign.`,
      evidence: [named(unable)],
      fixedBy: 'administrator',
      how: `Assign the permission set ${permissions[party].set}: accord install --assign <username>=${permissions[party].set}`,
    });
  }
  return findings;
}
