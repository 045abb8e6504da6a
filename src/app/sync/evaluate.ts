import type { PersonHistory } from '../../domain/timeline/timeline.ts';
import { newJudgement } from '../../domain/verdict/decide.ts';
import type { CrmRecord, Store } from '../ports.ts';
import { followPage } from '../hand-offs/follow-page.ts';
import { judgeLead, type JudgeContext } from './judge-lead.ts';
import { readHistories } from './read-histories.ts';
import { leadStates } from './lead-states.ts';
import { leadStageField } from './mirror-plan.ts';
import type { MirrorPlan } from './mirrored-object.ts';
import { fieldsOf, readable } from './readable-records.ts';
import { type Intent, replaceIntents } from './replace-intents.ts';

/** A verdict that differs from what the org holds. */
export type StageChange = {
  readonly leadId: string;
  /** Null for a lead that had no stage. */
  readonly from: string | null;
  readonly to: string;
};

export type Evaluation = { judged: number; changed: number; leadUpdates: number; readonly samples: StageChange[] };

export type EvaluateOptions = Omit<JudgeContext, 'judgement'> & {
  readonly plan: MirrorPlan;
  /** Also writes the stage's title to the lead itself. */
  readonly writeLeads: boolean;
};

const sampleSize = 5;

export const newEvaluation = (): Evaluation => ({ judged: 0, changed: 0, leadUpdates: 0, samples: [] });

/**
 * Judges these leads and puts what differs from the org into the outbox, in one transaction with the list of work.
 *
 * Under rules that name no field of contacts, accounts or opportunities a converted lead is left as it was at its
 * conversion: nothing that it can still become depends on them.
 */
export async function evaluatePage(
  store: Store,
  leads: readonly CrmRecord[],
  options: EvaluateOptions,
  total: Evaluation,
  alsoInTransaction: () => Promise<void> = async () => {},
): Promise<void> {
  const isLeft = (lead: CrmRecord): boolean => lead['IsConverted'] === true && !options.rules.judgesConverted;
  const followed = readable(leads, fieldsOf(options.plan, 'Lead')).filter(
    (lead) => options.rules.handOffs !== undefined || !isLeft(lead),
  );
  const histories = await readHistories(store, followed, options);
  const handOffs = await followPage(store, histories, options);
  const ids = followed.filter((lead) => !isLeft(lead)).map((lead) => String(lead['Id']));
  const states = await store.mirror.children(leadStates.object, 'Lead_Id__c', ids);
  const stateOf = new Map(states.map((state) => [String(state['Lead_Id__c']), state]));
  const intents: Intent[] = [];
  const due: { id: string; dueAt: number | undefined }[] = leads
    .filter(isLeft)
    .map((lead) => ({ id: String(lead['Id']), dueAt: undefined }));
  intents.push(...handOffs.intents);
  const judgement = newJudgement(options.rules.compiled);
  for (const [index, lead] of followed.entries()) {
    if (isLeft(lead)) continue;
    const id = String(lead['Id']);
    const before = stateOf.get(id);
    const judged = judgeLead(histories[index] as PersonHistory, before, { ...options, judgement });
    const digest = leadStates.digest(judged.state);
    due.push({ id, dueAt: earlier(judged.dueAt, handOffs.nextAt.get(id)) });
    total.judged += 1;
    const differs = digest !== before?.['Digest'];
    intents.push({ entry: leadStates.upsert(judged.state, digest), differs });
    if (differs) {
      total.changed += 1;
      addSample(total, id, before, judged.stage);
    }
    if (!options.writeLeads || !(leadStageField in lead) || lead['IsConverted'] === true) continue;
    const update = leadUpdate(lead, judged.stageTitle);
    intents.push(update);
    if (update.differs) total.leadUpdates += 1;
  }
  await store.transaction(async () => {
    // A verdict that a converted lead had before its conversion is still to be written.
    const keys = [...ids.map(leadStates.keyOf), ...leads.map((lead) => leadStates.leadKeyOf(String(lead['Id'])))];
    await replaceIntents(store, [...keys, ...handOffs.keys], intents);
    await store.handOffs.remember(handOffs.evidence);
    await store.schedule.plan(due);
    await alsoInTransaction();
  });
}

const earlier = (one: number | undefined, other = Infinity): number | undefined =>
  Math.min(one ?? Infinity, other) === Infinity ? undefined : Math.min(one ?? Infinity, other);

const addSample = (total: Evaluation, leadId: string, before: CrmRecord | undefined, to: string): void => {
  const from = typeof before?.['Stage__c'] === 'string' ? before['Stage__c'] : null;
  if (from !== to && total.samples.length < sampleSize) total.samples.push({ leadId, from, to });
};

/** The lead itself is updated by Id and only where its field says something else. */
function leadUpdate(lead: CrmRecord, title: string): Intent {
  const id = String(lead['Id']);
  const record = { Id: id, [leadStageField]: title };
  const entry = { key: leadStates.leadKeyOf(id), object: 'Lead', kind: 'update', record, digest: title } as const;
  return { entry, differs: lead[leadStageField] !== title };
}
