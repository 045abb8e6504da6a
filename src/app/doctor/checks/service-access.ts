import { viewSetup } from '../../agreement/service-users.ts';
import { handOffRows } from '../../hand-offs/hand-off-rows.ts';
import { quoted } from '../../ports/soql-text.ts';
import type { Crm } from '../../ports.ts';
import { leadStates } from '../../sync/lead-states.ts';
import { planMirror } from '../../sync/mirror-plan.ts';
import type { MirrorPlan } from '../../sync/mirrored-object.ts';
import { neededRecords, type NeededRecords } from '../../sync/needed-records.ts';
import { type Check, type Examination, named, type ServiceUser } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { lookAt, unseen } from '../look.ts';
import { holdersOf } from './permission-holders.ts';
import { fieldOf } from './text-field.ts';

/** Finds fields and objects that the agreement needs and the user of the service may not read. */
export const checkServiceAccess: Check = async (examination) => {
  const { serviceUsers, user } = examination;
  const findings: Finding[] = serviceUsers.seen
    ? []
    : [unseen('service-user', 'Who runs the service', serviceUsers.why)];
  // Where nobody tells who runs the service, it is taken to be who asks.
  const services = serviceUsers.seen ? serviceUsers.value : [{ id: user.userId, username: user.username }];
  if (services.length === 0) return [nobody];
  if (serviceUsers.seen) findings.push(...(await unableToLook(examination, services)));
  for (const service of services) {
    const look = await lookAt(() => accessFindings(examination, service));
    findings.push(...(look.seen ? look.value : [unseen('service-access', 'What the service may read', look.why)]));
  }
  return findings;
};

const nobody: Finding = {
  id: 'service-user-missing',
  severity: 'blocks-enforce',
  title: 'No user of the org may run the service.',
  evidence: ['the permission set Accord_Service is assigned to nobody'],
  fixedBy: 'administrator',
  how: 'accord install --assign <username>=Accord_Service,Accord_Service_Org',
};

/** Finds users of the service who cannot tell who holds which permission set. */
async function unableToLook({ crm }: Examination, services: readonly ServiceUser[]): Promise<readonly Finding[]> {
  const ids = services.map(({ id }) => id);
  const look = await lookAt(() => holdersOf(crm, 'PermissionsViewSetup', ids));
  if (!look.seen) return [unseen('service-setup', 'Whether the service may look who holds what', look.why)];
  const unable = services.filter(({ id }) => !look.value.has(id));
  if (unable.length === 0) return [];
  return [
    {
      id: 'service-without-view-setup',
      severity: 'warns',
      title: 'The service cannot tell who may sign, who may own state rows, and who may ask it for something.',
      evidence: [`without ${viewSetup}: ${named(unable.map(({ username }) => username))}`],
      fixedBy: 'administrator',
      how: 'Assign the permission set Accord_Service_Org: accord install --assign <username>=Accord_Service_Org',
    },
  ];
}

async function accessFindings({ crm, user, subject }: Examination, service: ServiceUser): Promise<readonly Finding[]> {
  const seen = service.id === user.userId ? crm : asSeenBy(crm, service.id);
  const findings: Finding[] = [];
  if (!(await seen.describe(leadStates.object))) findings.push(noPackage(service));
  if (!subject) return findings;
  const needed = neededRecords([subject.agreement]);
  const plan = await planMirror(seen, needed);
  if (plan.hidden.length > 0) findings.push(await hiddenFrom(crm, service, plan, needed));
  return findings;
}

/** Describes objects with the fields that another user may read. One call an object besides its description. */
const asSeenBy = (crm: Crm, userId: string): Pick<Crm, 'describe'> & Crm => ({
  ...crm,
  describe: async (object) => {
    const described = await crm.describe(object);
    if (!described) return undefined;
    const rows = await crm.query(
      'SELECT FieldDefinition.QualifiedApiName, IsAccessible FROM UserFieldAccess ' +
        `WHERE UserId = ${quoted(userId)} AND EntityDefinitionId = ${quoted(object)}`,
    );
    const readable = new Set(
      rows.flatMap((row) => (row['IsAccessible'] === true ? [fieldOf(row, 'FieldDefinition.QualifiedApiName')] : [])),
    );
    const fields = described.fields.filter((field) => readable.has(field.name));
    return fields.length === 0 ? undefined : { ...described, fields };
  },
});

const noPackage = ({ username }: ServiceUser): Finding => ({
  id: 'service-cannot-write',
  severity: 'blocks-enforce',
  title: 'The user of the service may not read the records that it has to write.',
  evidence: [`${leadStates.object} is hidden from ${username}`],
  fixedBy: 'administrator',
  how: 'Assign the permission set Accord_Service.',
});

/** A hidden field of a fact, or an object without which events cannot be counted, makes clauses unknown for everybody. */
async function hiddenFrom(
  crm: Crm,
  { username }: ServiceUser,
  { hidden, unread }: MirrorPlan,
  needed: NeededRecords,
): Promise<Finding> {
  const decides = unread.length > 0 || hidden.some((each) => isDecisive(each, needed));
  const granting = await grantingSets(crm, hidden);
  return {
    id: 'service-hidden-fields',
    severity: decides ? 'blocks-enforce' : 'warns',
    title: decides
      ? 'The user of the service may not read what the agreement is about, so clauses are unknown for everybody.'
      : 'The user of the service may not read some fields that make verdicts more exact.',
    evidence: [`hidden from ${username}, or not in the org: ${named(hidden, 20)}`],
    fixedBy: 'administrator',
    how:
      granting.length > 0
        ? `Assign a permission set that gives them: ${granting.join(' or ')}.`
        : 'Give Read Access in the permission set Accord_Service_Org: Setup → Permission Sets → Accord Service Org → Object Settings.',
  };
}

/** Whether verdicts hang on a field, `Lead.City`, or an object that is hidden. */
function isDecisive(hidden: string, { leadFields, relatedFields, handsOver }: NeededRecords): boolean {
  const [object = '', field = ''] = hidden.split('.');
  if (object === handOffRows.object) return handsOver;
  if (object !== 'Lead') return relatedFields.has(object);
  return leadFields.includes(field) || (field === 'ConvertedContactId' && relatedFields.size > 0);
}

/** Permission sets of the org that let their holders read at least one of the fields or objects. */
async function grantingSets(crm: Crm, hidden: readonly string[]): Promise<readonly string[]> {
  const fields = hidden.filter((each) => each.includes('.')).map(quoted);
  const objects = hidden.filter((each) => !each.includes('.')).map(quoted);
  const look = await lookAt(async () => [
    ...(fields.length > 0
      ? await crm.query(
          'SELECT Parent.Name FROM FieldPermissions WHERE PermissionsRead = true AND Parent.IsOwnedByProfile = false ' +
            `AND Field IN (${fields.join(', ')})`,
        )
      : []),
    ...(objects.length > 0
      ? await crm.query(
          'SELECT Parent.Name FROM ObjectPermissions WHERE PermissionsRead = true AND Parent.IsOwnedByProfile = false ' +
            `AND SobjectType IN (${objects.join(', ')})`,
        )
      : []),
  ]);
  const names = new Set(look.seen ? look.value.map((row) => fieldOf(row, 'Parent.Name')) : []);
  const ours = [...names].filter((name) => name.startsWith('Accord_Service'));
  return ours.length > 0 ? ours : [...names].toSorted().slice(0, 5);
}
