import { newJudgement } from '../../domain/verdict/decide.ts';
import type { CrmRecord, Store } from '../ports.ts';
import { followPage } from '../hand-offs/follow-page.ts';
import { judgeLead, type JudgeContext, type LivedLead, liveThrough } from './judge-lead.ts';
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

export type Evaluation = {
  judged: number;
  changed: number;
  leadUpdates: number;
  readonly samples: StageChange[];
  /** What people wrote into hand-offs that the agreement does not know, up to a number that can be read. */
  readonly problems: string[];
};

export type EvaluateOptions = Omit<JudgeContext, 'judgement'> & {
  readonly plan: MirrorPlan;
  /** Also writes the stage's title to the lead itself. */
  readonly writeLeads: boolean;
};

const sampleSize = 5;

const mostProblems = 20;

export const newEvaluation = (): Evaluation => ({ judged: 0, changed: 0, leadUpdates: 0, samples: [], problems: [] });

type Due = { readonly id: string; readonly dueAt: number | undefined };

/**
 * Judges these leads and puts what differs from the org into the outbox, in one transaction with the list of work.
 *
 * Under rules that name no field of contacts, accounts or opportunities a converted lead is left as it was at its
 * conversion: nothing that it can still become depends on them. Its hand-offs are followed all the same.
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
  const context: JudgeContext = { ...options, judgement: newJudgement(options.rules.compiled) };
  const histories = await readHistories(store, followed, options);
  const people = histories.map((history) => liveThrough(history, context));
  const handOffs = await followPage(store, people, options);
  total.problems.push(...handOffs.problems.slice(0, mostProblems - total.problems.length));
  const isJudged = new Set(followed.filter((lead) => !isLeft(lead)).map((lead) => String(lead['Id'])));
  const states = await judgeStates(
    store,
    people.filter(({ history }) => isJudged.has(history.personId)),
    context,
    total,
  );
  const updates = options.writeLeads ? leadUpdates(followed, states, total) : [];
  const due = new Map(
    leads.map((lead): [string, Due] => [String(lead['Id']), { id: String(lead['Id']), dueAt: undefined }]),
  );
  for (const { history, nextAt } of people) {
    const id = history.personId;
    due.set(id, { id, dueAt: finite(Math.min(nextAt, handOffs.nextAt.get(id) ?? Infinity)) });
  }
  await store.transaction(async () => {
    // A verdict that a converted lead had before its conversion is still to be written.
    const keys = [...isJudged].map(leadStates.keyOf);
    const leadKeys = leads.map((lead) => leadStates.leadKeyOf(String(lead['Id'])));
    const intents = [...handOffs.intents, ...states.map(({ intent }) => intent), ...updates];
    await replaceIntents(store, [...keys, ...leadKeys, ...handOffs.keys], intents);
    await store.handOffs.remember(handOffs.evidence);
    await store.schedule.plan([...due.values()]);
    await alsoInTransaction();
  });
}

type JudgedState = { readonly id: string; readonly stageTitle: string; readonly intent: Intent };

/** Judges people into rows of their states, and counts what differs from the org. */
async function judgeStates(
  store: Store,
  people: readonly LivedLead[],
  context: JudgeContext,
  total: Evaluation,
): Promise<readonly JudgedState[]> {
  const ids = people.map(({ history }) => history.personId);
  const known = await store.mirror.children(leadStates.object, leadStates.parent, ids);
  const stateOf = new Map(known.map((state) => [String(state['Lead_Id__c']), state]));
  return people.map((person) => {
    const id = person.history.personId;
    const before = stateOf.get(id);
    const { state, stage, stageTitle } = judgeLead(person, before, context);
    const digest = leadStates.digest(state);
    const differs = digest !== before?.['Digest'];
    total.judged += 1;
    if (differs) {
      total.changed += 1;
      addSample(total, id, before, stage);
    }
    return { id, stageTitle, intent: { entry: leadStates.upsert(state, digest), differs } };
  });
}

/** The stages to write to the leads themselves. */
function leadUpdates(
  leads: readonly CrmRecord[],
  states: readonly JudgedState[],
  total: Evaluation,
): readonly Intent[] {
  const titles = new Map(states.map(({ id, stageTitle }) => [id, stageTitle]));
  return leads.flatMap((lead) => {
    const title = titles.get(String(lead['Id']));
    if (title === undefined || !(leadStageField in lead) || lead['IsConverted'] === true) return [];
    const update = leadUpdate(lead, title);
    if (update.differs) total.leadUpdates += 1;
    return [update];
  });
}

const finite = (at: number): number | undefined => (at === Infinity ? undefined : at);

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
