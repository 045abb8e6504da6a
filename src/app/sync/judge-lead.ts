import type { EventKind } from '../../domain/timeline/timeline.ts';
import { decide } from '../../domain/verdict/decide.ts';
import type { Decision, Receipt } from '../../domain/verdict/decision.ts';
import { toReceipt } from '../../domain/verdict/receipt.ts';
import { whySentence } from '../../domain/verdict/why-sentence.ts';
import type { CrmRecord } from '../ports.ts';
import { toSeconds } from './lead-states.ts';
import type { RulesInForce } from './rules-in-force.ts';
import { timelineOf, type LeadRecords } from './timeline-of.ts';

/** The state row that the org should hold of a lead. */
export type LeadJudgement = {
  readonly state: CrmRecord;
  readonly stage: string;
  readonly stageTitle: string;
  readonly why: string;
  readonly receipt: Receipt;
  readonly decision: Decision;
  /** When time alone could change the answer, epoch ms. */
  readonly dueAt: number | undefined;
};

export type JudgeContext = {
  readonly rules: RulesInForce;
  readonly now: number;
  /** Owner of the row where the lead's owner cannot own it: a queue, a user who has left, or one who may not read it. */
  readonly serviceUserId: string;
  readonly rowOwners: ReadonlySet<string>;
  /** Kinds of event that could not be read. */
  readonly unread: readonly EventKind[];
};

/** Judges one lead. The stage's begin is kept while the stage stays the same. */
export function judgeLead(records: LeadRecords, before: CrmRecord | undefined, context: JudgeContext): LeadJudgement {
  const { rules, now } = context;
  const decision = decide(rules.compiled, { ...timelineOf(records), unread: context.unread }, now);
  const { version, hash } = rules;
  const receipt = toReceipt(decision, rules.compiled, { version, hash, decidedAt: now });
  const why = whySentence(receipt).trim();
  const leadId = String(records.lead['Id']);
  const since = before?.['Stage__c'] === decision.stage ? before['Since__c'] : undefined;
  const state: CrmRecord = {
    Lead__c: leadId,
    Lead_Id__c: leadId,
    OwnerId: ownerOf(records.lead, context),
    Agreement__c: rules.versionId,
    Agreement_Version__c: version,
    Stage__c: decision.stage,
    Stage_Title__c: receipt.stage.title,
    Since__c: since ?? toSeconds(now),
    Why__c: why,
    Receipt__c: JSON.stringify(receipt),
    // Everyone who may see the lead reads this row: what restricted clauses change by time must not show in it.
    Valid_Until__c: decision.sharedValidUntil === undefined ? null : toSeconds(decision.sharedValidUntil),
  };
  return {
    state,
    stage: decision.stage,
    stageTitle: receipt.stage.title,
    why,
    receipt,
    decision,
    dueAt: decision.validUntil,
  };
}

function ownerOf(lead: CrmRecord, { rowOwners, serviceUserId }: JudgeContext): string {
  const owner = String(lead['OwnerId']);
  return rowOwners.has(owner) ? owner : serviceUserId;
}
