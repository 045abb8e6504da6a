import { timelineAt } from '../../domain/timeline/timeline-at.ts';
import { newJudgement } from '../../domain/verdict/decide.ts';
import type { Crm, CrmRecord } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { quoted, quotedList } from '../ports/soql-text.ts';
import { handOffRows } from '../hand-offs/hand-off-rows.ts';
import { relatedIdsOf } from '../sync/conversions.ts';
import { historyOf, type PersonRecords } from '../sync/history-of.ts';
import { type JudgeContext, judgeLead, liveThrough } from '../sync/judge-lead.ts';
import { planMirror } from '../sync/mirror-plan.ts';
import type { MirrorPlan } from '../sync/mirrored-object.ts';
import { fieldsOf } from '../sync/readable-records.ts';
import { findRules, findRulesAt, type RulesInForce } from '../sync/rules-in-force.ts';
import type { Verdict } from './verdict.ts';

/** Judges a lead now, with the fields and records that the signed-in user can read, and writes nothing. */
export async function judgeLive(crm: Crm, now: number, leadId: string): Promise<Verdict> {
  const { rules, problems } = await findRules(crm, now, { settle: false });
  if (!rules) throw new Refusal('no-agreement', 'No agreement is in force.', problems);
  return { from: 'live', ...(await judge(crm, rules, now, leadId)) };
}

/**
 * Judges what a lead was at an instant of the past, by the version that was in force then.
 *
 * Values are those of that instant as far as the org keeps their history; a field without one has today's value.
 */
export async function judgePast(crm: Crm, at: number, leadId: string): Promise<Verdict> {
  return { from: 'past', ...(await judge(crm, await findRulesAt(crm, at), at, leadId)) };
}

async function judge(crm: Crm, rules: RulesInForce, now: number, leadId: string): Promise<Omit<Verdict, 'from'>> {
  const plan = await planMirror(crm, rules);
  const [lead] = await crm.query(`SELECT ${fieldsOf(plan, 'Lead').join(', ')} FROM Lead WHERE Id = ${quoted(leadId)}`);
  if (!lead) throw new Refusal('lead-not-found', `There is no lead ${leadId} that you can see.`);
  const records = await readRecords(crm, plan, lead);
  // Signals are in the service's store alone: what counts them is unknown here, not zero.
  const unread = [...plan.unread, 'signal'] as const;
  const history = historyOf(records, { unread, types: plan.types, now });
  if (history.createdAt > now) {
    const when = new Date(now).toISOString();
    throw new Refusal('lead-not-found', `The lead ${leadId} did not exist yet on ${when}.`);
  }
  const context: JudgeContext = {
    rules,
    now,
    serviceUserId: '',
    rowOwners: new Set(),
    unread,
    observingSince: now,
    judgement: newJudgement(rules.compiled),
  };
  const judged = judgeLead(liveThrough(history, context), undefined, context);
  // The caller may see less than the rules do, so the instant is the one that everybody may know.
  const { sharedValidUntil } = judged.decision;
  const validUntil = sharedValidUntil === undefined ? null : new Date(sharedValidUntil).toISOString();
  const values = timelineAt(history, now).fields;
  const unseen = [...plan.hidden, ...(rules.events.has('signal') ? ['signals'] : [])];
  return { receipt: judged.receipt, why: judged.why, since: null, validUntil, values, unseen };
}

async function readRecords(crm: Crm, plan: MirrorPlan, lead: CrmRecord): Promise<PersonRecords> {
  const kin = relatedIdsOf(lead);
  const ids = quotedList([String(lead['Id']), ...kin.map(([, id]) => id)]);
  const found = new Map<string, readonly CrmRecord[]>();
  for (const { object, fields, parent, holds } of plan.objects) {
    if (holds === 'leads' || holds === 'campaigns' || (holds === 'related' && kin.length === 0)) continue;
    found.set(object, await crm.query(`SELECT ${fields.join(', ')} FROM ${object} WHERE ${parent ?? 'Id'} IN ${ids}`));
  }
  const of = (object: string): readonly CrmRecord[] => found.get(object) ?? [];
  return {
    lead,
    tasks: of('Task'),
    events: of('Event'),
    members: of('CampaignMember'),
    history: of('LeadHistory'),
    opportunitySteps: of('OpportunityHistory'),
    related: Object.fromEntries(kin.flatMap(([object]) => of(object).map((each) => [object, each]))),
    start: undefined,
    signals: [],
    handOffs: of(handOffRows.object),
    observed: [],
  };
}
