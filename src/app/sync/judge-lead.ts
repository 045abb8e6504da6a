import { stageNow } from '../../domain/replay/stage-now.ts';
import type { Life } from '../../domain/replay/walk-versions.ts';
import type { EventKind, PersonHistory, Timeline } from '../../domain/timeline/timeline.ts';
import { decide } from '../../domain/verdict/decide.ts';
import type { Decision, Receipt } from '../../domain/verdict/decision.ts';
import type { Judgement } from '../../domain/verdict/judgement.ts';
import { toReceipt } from '../../domain/verdict/receipt.ts';
import { whySentence } from '../../domain/verdict/why-sentence.ts';
import type { CrmRecord } from '../ports.ts';
import { lastEvents } from './last-events.ts';
import { toSeconds } from './lead-states.ts';
import type { RulesInForce } from './rules-in-force.ts';

/** The state row that the org should hold of a lead. */
export type LeadJudgement = {
  readonly state: CrmRecord;
  readonly stage: string;
  readonly stageTitle: string;
  readonly why: string;
  readonly receipt: Receipt;
  readonly decision: Decision;
};

export type JudgeContext = {
  readonly rules: RulesInForce;
  readonly now: number;
  /** Owner of the row where the lead's owner cannot own it: a queue, a user who has left, or one who may not read it. */
  readonly serviceUserId: string;
  readonly rowOwners: ReadonlySet<string>;
  /** Kinds of event that could not be read. */
  readonly unread: readonly EventKind[];
  /** Since when the store keeps what the service sees, epoch ms; of the time before, the row that is there may know more. */
  readonly observingSince: number;
  /** Serves for any number of people. */
  readonly judgement: Judgement;
};

/** A lead's history with what the versions that applied made of it. */
export type LivedLead = Life & { readonly history: PersonHistory };

/** Goes through the history from the creation to now, so that the same history gives the same row. */
export const liveThrough = (history: PersonHistory, { rules, now, judgement }: JudgeContext): LivedLead => ({
  ...stageNow(rules.versions, history, now, judgement),
  history,
});

/** Judges one lead. */
export function judgeLead(
  { history, timeline }: LivedLead,
  before: CrmRecord | undefined,
  context: JudgeContext,
): LeadJudgement {
  const { rules, now } = context;
  const decision = decide(rules.compiled, timeline, now, context.judgement);
  const { version, hash } = rules;
  const receipt = toReceipt(decision, rules.compiled, { version, hash, decidedAt: now, timeline });
  const why = whySentence(receipt).trim();
  const leadId = history.personId;
  const state: CrmRecord = {
    Lead__c: leadId,
    Lead_Id__c: leadId,
    OwnerId: rowOwnerOf(history, context),
    Agreement__c: rules.versionId,
    Agreement_Version__c: version,
    Stage__c: decision.stage,
    Stage_Title__c: receipt.stage.title,
    Since__c: sinceOf(timeline, decision, before, context),
    Why__c: why,
    Receipt__c: JSON.stringify(receipt),
    // Everyone who may see the lead reads this row: what restricted clauses change by time must not show in it.
    Valid_Until__c: decision.sharedValidUntil === undefined ? null : toSeconds(decision.sharedValidUntil),
    Last_Events__c: lastEvents(rules.agreement, timeline, now),
  };
  return {
    state,
    stage: decision.stage,
    stageTitle: receipt.stage.title,
    why,
    receipt,
    decision,
  };
}

/**
 * When the stage began, by the history.
 *
 * Of what happened before this store began to observe, the row may know more: another store saw it then.
 */
function sinceOf(
  { previous }: Timeline,
  decision: Decision,
  before: CrmRecord | undefined,
  { now, observingSince }: JudgeContext,
): string {
  const since = toSeconds(previous?.stage === decision.stage ? previous.since : now);
  const recorded = before?.['Stage__c'] === decision.stage ? before['Since__c'] : undefined;
  if (typeof recorded !== 'string' || Date.parse(recorded) > observingSince) return since;
  return Date.parse(recorded) > Date.parse(since) ? recorded : since;
}

/** The user who owns the rows about a person: the owner, where that is a user who may read them. */
export function rowOwnerOf(
  history: PersonHistory,
  { rowOwners, serviceUserId }: Pick<JudgeContext, 'rowOwners' | 'serviceUserId'>,
): string {
  const owner = history.owner?.id ?? '';
  return rowOwners.has(owner) ? owner : serviceUserId;
}
