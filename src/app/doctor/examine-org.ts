import type { Agreement } from '../../domain/agreement/schema.ts';
import { chooseInForce } from '../agreement/choose-in-force.ts';
import type { JudgedVersion } from '../agreement/judge-version.ts';
import { readJudgedVersions } from '../agreement/judged-versions.ts';
import type { Clock, Crm, CrmUser, Progress, Store } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { checkActivityCapture } from './checks/activity-capture.ts';
import { checkAutomation } from './checks/automation.ts';
import { checkCalendar } from './checks/calendar.ts';
import { checkDuplicates } from './checks/duplicates.ts';
import { checkFacts } from './checks/facts.ts';
import { checkHeadroom } from './checks/headroom.ts';
import { checkHiddenFacts } from './checks/hidden-facts.ts';
import { checkOwners, countLeadOwners } from './checks/owners.ts';
import { checkProcess } from './checks/process.ts';
import { checkRightsHolders } from './checks/rights-holders.ts';
import { checkServiceAccess } from './checks/service-access.ts';
import { checkSigners } from './checks/signers.ts';
import { checkStatuses } from './checks/statuses.ts';
import { checkSyncState } from './checks/sync-state.ts';
import { checkVersions } from './checks/versions.ts';
import { checkVisibility } from './checks/visibility.ts';
import { countCalls } from './counting-crm.ts';
import type { Check, Examination, ServiceUser, Subject } from './examination.ts';
import type { Finding, Severity } from './finding.ts';
import { type Look, lookAt } from './look.ts';
import { measuredFor } from './measured-for.ts';
import { type Readiness, readiness } from './readiness.ts';

export type DoctorReport = {
  readonly org: { readonly id: string; readonly kind: 'production' | 'sandbox' | 'unknown'; readonly edition: string };
  readonly checkedAs: string;
  /** Null when the org has no agreement and no file was given. */
  readonly agreement: { readonly name: string; readonly version: number | null; readonly from: Subject['from'] } | null;
  readonly readiness: Readiness;
  /** Those that block enforcement first. */
  readonly findings: readonly Finding[];
  /** API calls that the examination took. */
  readonly apiCalls: number;
};

export type DoctorPorts = { readonly crm: Crm; readonly clock: Clock; readonly progress: Progress };

export type DoctorOptions = {
  /** Agreement to examine for, in place of the one in the org. */
  readonly file?: Agreement | undefined;
  readonly store?: Store | undefined;
};

/** Process before technology: what people have to agree on comes before what an administrator has to switch on. */
const checks: readonly (readonly [string, Check])[] = [
  ['process', checkProcess],
  ['signers', checkSigners],
  ['versions', checkVersions],
  ['owners', checkOwners],
  ['statuses', checkStatuses],
  ['facts', checkFacts],
  ['facts that are hidden', checkHiddenFacts],
  ['duplicates', checkDuplicates],
  ['calendar', checkCalendar],
  ['activity capture', checkActivityCapture],
  ['automation', checkAutomation],
  ['rights', checkRightsHolders],
  ['service', checkServiceAccess],
  ['visibility', checkVisibility],
  ['API', checkHeadroom],
  ['syncs', checkSyncState],
];

/** Reads the org and says what would make enforcement of the agreement unfair, and who can put it right. Writes nothing. */
export async function examineOrg(
  { crm: real, clock, progress }: DoctorPorts,
  options: DoctorOptions,
): Promise<DoctorReport> {
  const { crm, calls } = countCalls(real);
  const user = await crm.whoAmI();
  const found: Finding[] = [];
  const examination = await prepare(crm, clock.now(), user, options, found);
  progress.start('Examining the org', checks.length);
  for (const [, check] of checks) {
    found.push(...(await check(examination)));
    progress.advance(1);
  }
  const findings = found.toSorted((a, b) => ranks[a.severity] - ranks[b.severity]);
  progress.finish(`${findings.length} findings`);
  const { subject } = examination;
  return {
    org: { id: user.orgId, ...(await orgKind(crm)) },
    checkedAs: user.username,
    agreement: subject ? describeSubject(subject) : null,
    readiness: await judgeReadiness(examination, findings),
    findings,
    apiCalls: calls(),
  };
}

const ranks: Readonly<Record<Severity, number>> = { 'blocks-enforce': 0, warns: 1, info: 2 };

async function prepare(
  crm: Crm,
  now: number,
  user: CrmUser,
  { file, store }: DoctorOptions,
  found: Finding[],
): Promise<Examination> {
  const serviceUsers = await findServices(crm);
  const all = await versionsOf(crm, found);
  const subject = file ? { agreement: file, from: 'file' as const, version: undefined } : chooseSubject(all, now);
  const leadOwners = await lookAt(() => countLeadOwners(crm));
  return { crm, now, user, serviceUsers, versions: all, subject, leadOwners, store };
}

async function versionsOf(crm: Crm, found: Finding[]): Promise<readonly JudgedVersion[]> {
  try {
    return await readJudgedVersions(crm);
  } catch (error) {
    if (!(error instanceof Refusal) || error.key !== 'not-installed') throw error;
    found.push({
      id: 'package-missing',
      severity: 'blocks-enforce',
      title: 'The org has no Accord package that this user can see.',
      evidence: [error.message],
      fixedBy: 'administrator',
      how: 'accord install --assign-me',
    });
    return [];
  }
}

/** The version in force, else the one that comes next. */
function chooseSubject(versions: readonly JudgedVersion[], now: number): Subject | undefined {
  const { inForce } = chooseInForce(versions, now);
  const next = inForce ?? newest(versions, 'Proposed') ?? newest(versions, 'Draft');
  if (!next?.agreement) return undefined;
  const from = next === inForce ? 'in force' : next.record.status === 'Proposed' ? 'proposed' : 'draft';
  return { agreement: next.agreement, from, version: next };
}

const newest = (versions: readonly JudgedVersion[], status: string): JudgedVersion | undefined =>
  versions.findLast((each) => each.record.status === status && each.agreement !== undefined);

async function findServices(crm: Crm): Promise<Look<readonly ServiceUser[]>> {
  return lookAt(async () => {
    const held = await crm.query(
      'SELECT AssigneeId, Assignee.Username FROM PermissionSetAssignment ' +
        "WHERE PermissionSet.Name = 'Accord_Service' AND Assignee.IsActive = true",
    );
    return held.map((each) => ({ id: String(each['AssigneeId']), username: String(each['Assignee.Username']) }));
  });
}

async function orgKind(crm: Crm): Promise<Pick<DoctorReport['org'], 'kind' | 'edition'>> {
  const look = await lookAt(() => crm.query('SELECT IsSandbox, OrganizationType FROM Organization'));
  const [row] = look.seen ? look.value : [];
  if (!row) return { kind: 'unknown', edition: '' };
  return { kind: row['IsSandbox'] === true ? 'sandbox' : 'production', edition: String(row['OrganizationType'] ?? '') };
}

const describeSubject = ({ agreement, from, version }: Subject): NonNullable<DoctorReport['agreement']> => ({
  name: agreement.name,
  version: version?.record.version ?? null,
  from,
});

async function judgeReadiness(
  { crm, now, subject, versions, leadOwners }: Examination,
  findings: readonly Finding[],
): Promise<Readiness> {
  const version = subject?.version;
  const measured = version
    ? await lookAt(() =>
        measuredFor(
          crm,
          versions.map((each) => each.record),
          version.record.slug,
          now,
        ),
      )
    : undefined;
  const owners = leadOwners.seen ? leadOwners.value : undefined;
  return readiness({
    signed: version?.signed ?? false,
    highestMode: subject?.agreement.highestMode,
    measured: measured?.seen ? measured.value : undefined,
    leads: owners && { total: owners.total, owned: owners.total - owners.queued - owners.left },
    findings,
  });
}
