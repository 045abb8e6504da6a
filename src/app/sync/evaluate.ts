import type { CrmRecord, Store } from '../ports.ts';
import { judgeLead, type JudgeContext } from './judge-lead.ts';
import { leadStates } from './lead-states.ts';
import { leadStageField, type MirrorPlan } from './mirror-plan.ts';
import { type Intent, replaceIntents } from './replace-intents.ts';

/** A verdict that differs from what the org holds. */
export type StageChange = {
  readonly leadId: string;
  /** Null for a lead that had no stage. */
  readonly from: string | null;
  readonly to: string;
};

export type Evaluation = { judged: number; changed: number; leadUpdates: number; readonly samples: StageChange[] };

export type EvaluateOptions = JudgeContext & {
  readonly plan: MirrorPlan;
  /** Also writes the stage's title to the lead itself. */
  readonly writeLeads: boolean;
};

const sampleSize = 5;

export const newEvaluation = (): Evaluation => ({ judged: 0, changed: 0, leadUpdates: 0, samples: [] });

/**
 * Judges these leads and puts what differs from the org into the outbox, in one transaction with the list of work.
 *
 * A converted lead is left as it was at its conversion: its activities have moved to the contact, so judging it again
 * would only take back what was true.
 */
export async function evaluatePage(
  store: Store,
  leads: readonly CrmRecord[],
  options: EvaluateOptions,
  total: Evaluation,
  alsoInTransaction: () => Promise<void> = async () => {},
): Promise<void> {
  const fieldsOfLeads = options.plan.objects.find(({ holds }) => holds === 'leads')?.fields ?? [];
  const open = readable(leads, fieldsOfLeads).filter((lead) => lead['IsConverted'] !== true);
  const ids = open.map((lead) => String(lead['Id']));
  const children = await readChildren(store, options.plan, ids);
  const states = await store.mirror.children(leadStates.object, 'Lead_Id__c', ids);
  const stateOf = new Map(states.map((state) => [String(state['Lead_Id__c']), state]));
  const intents: Intent[] = [];
  const due: { id: string; dueAt: number | undefined }[] = leads
    .filter((lead) => lead['IsConverted'] === true)
    .map((lead) => ({ id: String(lead['Id']), dueAt: undefined }));
  for (const lead of open) {
    const id = String(lead['Id']);
    const before = stateOf.get(id);
    const judged = judgeLead({ lead, ...children(id) }, before, options);
    const digest = leadStates.digest(judged.state);
    due.push({ id, dueAt: judged.dueAt });
    total.judged += 1;
    const differs = digest !== before?.['Digest'];
    intents.push({ entry: leadStates.upsert(judged.state, digest), differs });
    if (differs) {
      total.changed += 1;
      addSample(total, id, before, judged.stage);
    }
    if (!options.writeLeads || !(leadStageField in lead)) continue;
    const update = leadUpdate(lead, judged.stageTitle);
    intents.push(update);
    if (update.differs) total.leadUpdates += 1;
  }
  await store.transaction(async () => {
    // A verdict that a converted lead had before its conversion is still to be written.
    const keys = [...ids.map(leadStates.keyOf), ...leads.map((lead) => leadStates.leadKeyOf(String(lead['Id'])))];
    await replaceIntents(store, keys, intents);
    await store.schedule.plan(due);
    await alsoInTransaction();
  });
}

/** Records without the values of fields that are not read any more: those are old, and the user may not see them now. */
function readable(records: readonly CrmRecord[], fields: readonly string[]): readonly CrmRecord[] {
  const known = new Set(fields);
  const stale = Object.keys(records[0] ?? {}).some((name) => !known.has(name));
  if (!stale) return records;
  return records.map((each) => Object.fromEntries(Object.entries(each).filter(([name]) => known.has(name))));
}

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

type Children = { tasks: CrmRecord[]; events: CrmRecord[]; members: CrmRecord[] };

async function readChildren(
  store: Store,
  plan: MirrorPlan,
  ids: readonly string[],
): Promise<(leadId: string) => Children> {
  const byObject = new Map<string, Map<unknown, CrmRecord[]>>();
  for (const { object, parent, fields } of plan.objects) {
    if (parent === undefined) continue;
    const records = readable(await store.mirror.children(object, parent, ids), fields);
    byObject.set(
      object,
      Map.groupBy(records, (record) => record[parent]),
    );
  }
  const of = (object: string, id: string): CrmRecord[] => byObject.get(object)?.get(id) ?? [];
  return (id) => ({ tasks: of('Task', id), events: of('Event', id), members: of('CampaignMember', id) });
}
