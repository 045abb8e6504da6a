import type { Crm, CrmRecord } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { quoted } from '../ports/soql-text.ts';
import { judgeLead } from '../sync/judge-lead.ts';
import { planMirror } from '../sync/mirror-plan.ts';
import { findRules } from '../sync/rules-in-force.ts';
import type { Verdict } from './verdict.ts';

/** Judges a lead now, with the fields and records that the signed-in user can read, and writes nothing. */
export async function judgeLive(crm: Crm, now: number, leadId: string): Promise<Verdict> {
  const { rules, problems } = await findRules(crm, now, { settle: false });
  if (!rules) throw new Refusal('no-agreement', 'No agreement is in force.', problems);
  const plan = await planMirror(crm, rules);
  const records = new Map<string, readonly CrmRecord[]>();
  for (const { object, fields, parent, holds } of plan.objects) {
    if (holds === 'campaigns') continue;
    const of = `${parent ?? 'Id'} = ${quoted(leadId)}`;
    records.set(object, await crm.query(`SELECT ${fields.join(', ')} FROM ${object} WHERE ${of}`));
  }
  const [lead] = records.get('Lead') ?? [];
  if (!lead) throw new Refusal('lead-not-found', `There is no lead ${leadId} that you can see.`);
  const of = (object: string): readonly CrmRecord[] => records.get(object) ?? [];
  const judged = judgeLead({ lead, tasks: of('Task'), events: of('Event'), members: of('CampaignMember') }, undefined, {
    rules,
    now,
    serviceUserId: '',
    rowOwners: new Set(),
    unread: plan.unread,
  });
  // The caller may see less than the rules do, so the instant is the one that everybody may know.
  const { sharedValidUntil } = judged.decision;
  const validUntil = sharedValidUntil === undefined ? null : new Date(sharedValidUntil).toISOString();
  return { from: 'live', receipt: judged.receipt, why: judged.why, since: null, validUntil };
}
