import { type Check, type LeadOwners, countBy, many } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { unseen } from '../look.ts';
import { ownedShare } from '../readiness.ts';
import type { Crm } from '../../ports.ts';

const open = 'SELECT COUNT(Id) n FROM Lead WHERE IsConverted = false';

/** Counts the open leads, and those that nobody can answer for. Costs three calls. */
export async function countLeadOwners(crm: Crm): Promise<LeadOwners> {
  const total = await countBy(crm, open);
  const queued = await countBy(crm, `${open} AND Owner.Type = 'Queue'`);
  const left = await countBy(crm, `${open} AND OwnerId IN (SELECT Id FROM User WHERE IsActive = false)`);
  return { total, queued, left };
}

/** Finds leads that no active user owns: nobody can keep a promise about them. */
export const checkOwners: Check = async ({ leadOwners }) => {
  if (!leadOwners.seen) return [unseen('lead-owners', 'Who owns the leads', leadOwners.why)];
  const { total, queued, left } = leadOwners.value;
  const findings: Finding[] = [];
  const severity = total - queued - left < total * ownedShare ? 'blocks-enforce' : 'warns';
  if (left > 0) {
    findings.push({
      id: 'leads-of-inactive-users',
      severity,
      title: `${many(left, 'open lead belongs', 'open leads belong')} to users who are not active any more.`,
      evidence: [`${left} of ${many(total, 'open lead')} (${percent(left, total)})`],
      fixedBy: 'sales manager',
      how: 'Give them to active users: Setup → Mass Transfer Records → Transfer Leads.',
    });
  }
  if (queued > 0) {
    findings.push({
      id: 'leads-of-queues',
      severity,
      title: `${many(queued, 'open lead waits', 'open leads wait')} in queues without an owner.`,
      evidence: [`${queued} of ${many(total, 'open lead')} (${percent(queued, total)})`],
      fixedBy: 'sales manager',
      how: "Let people take them from the queue's list view on the Leads tab, or route them: Setup → Lead Assignment Rules.",
    });
  }
  return findings;
};

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;
