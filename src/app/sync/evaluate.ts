import type { CrmRecord, OutboxEntry, Store } from '../ports.ts';
import { judgeLead, type JudgeContext } from './judge-lead.ts';
import { leadStates } from './lead-states.ts';
import { leadStageField, type MirrorPlan } from './mirror-plan.ts';

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
  /** Counts what would change and leaves the outbox and the list of work alone. */
  readonly dryRun: boolean;
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
  const open = readable(leads, options.plan).filter((lead) => lead['IsConverted'] !== true);
  const ids = open.map((lead) => String(lead['Id']));
  const children = await readChildren(store, options.plan, ids);
  const states = await store.mirror.children(leadStates.object, 'Lead_Id__c', ids);
  const stateOf = new Map(states.map((state) => [String(state['Lead_Id__c']), state]));
  const entries: OutboxEntry[] = [];
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
    if (digest !== before?.['Digest']) {
      entries.push(leadStates.upsert(judged.state, digest));
      total.changed += 1;
      addSample(total, id, before, judged.stage);
    }
    const update = options.writeLeads ? leadUpdate(lead, judged.stageTitle) : undefined;
    if (update) {
      entries.push(update);
      total.leadUpdates += 1;
    }
  }
  if (options.dryRun) return;
  await store.transaction(async () => {
    // The comparison with the mirror has decided already; a digest confirmed before a stranger's edit must not veto it.
    await store.outbox.forget(entries.map((entry) => entry.key));
    await store.outbox.enqueue(entries);
    await store.schedule.plan(due);
    await alsoInTransaction();
  });
}

/** Leads without the values of fields that are not read any more: those are old, and the user may not see them now. */
function readable(leads: readonly CrmRecord[], { objects }: MirrorPlan): readonly CrmRecord[] {
  const fields = new Set(objects.find(({ object }) => object === 'Lead')?.fields);
  const stale = Object.keys(leads[0] ?? {}).some((name) => !fields.has(name));
  if (!stale) return leads;
  return leads.map((lead) => Object.fromEntries(Object.entries(lead).filter(([name]) => fields.has(name))));
}

const addSample = (total: Evaluation, leadId: string, before: CrmRecord | undefined, to: string): void => {
  const from = typeof before?.['Stage__c'] === 'string' ? before['Stage__c'] : null;
  if (from !== to && total.samples.length < sampleSize) total.samples.push({ leadId, from, to });
};

/** The lead itself is updated by Id and only where its field says something else. */
function leadUpdate(lead: CrmRecord, title: string): OutboxEntry | undefined {
  if (!(leadStageField in lead) || lead[leadStageField] === title) return undefined;
  const id = String(lead['Id']);
  const record = { Id: id, [leadStageField]: title };
  return { key: `lead:${id}`, object: 'Lead', kind: 'update', record, digest: title };
}

type Children = { tasks: CrmRecord[]; events: CrmRecord[]; members: CrmRecord[] };

async function readChildren(
  store: Store,
  plan: MirrorPlan,
  ids: readonly string[],
): Promise<(leadId: string) => Children> {
  const byObject = new Map<string, Map<unknown, CrmRecord[]>>();
  for (const { object, parent } of plan.objects) {
    if (parent === undefined) continue;
    const records = await store.mirror.children(object, parent, ids);
    byObject.set(
      object,
      Map.groupBy(records, (record) => record[parent]),
    );
  }
  const of = (object: string, id: string): CrmRecord[] => byObject.get(object)?.get(id) ?? [];
  return (id) => ({ tasks: of('Task', id), events: of('Event', id), members: of('CampaignMember', id) });
}
