import type { EventKind, PersonHistory } from '../../domain/timeline/timeline.ts';
import { handOffRows } from '../hand-offs/hand-off-rows.ts';
import type { CrmRecord, StoreReader } from '../ports.ts';
import { type RelatedName, relatedIdsOf } from './conversions.ts';
import { historyOf, type PersonRecords } from './history-of.ts';
import { leadStarts } from './lead-starts.ts';
import type { MirrorPlan } from './mirrored-object.ts';
import { readable } from './readable-records.ts';

export type ReadHistoriesOptions = {
  readonly plan: MirrorPlan;
  readonly unread: readonly EventKind[];
  readonly now: number;
};

/** Reads what the store holds of these leads, in their order. */
export async function readHistories(
  store: StoreReader,
  leads: readonly CrmRecord[],
  { plan, unread, now }: ReadHistoriesOptions,
): Promise<readonly PersonHistory[]> {
  const ids = leads.map((lead) => String(lead['Id']));
  const related = leads.flatMap((lead) => relatedIdsOf(lead).map(([, id]) => id));
  const children = await readChildren(store, plan, [...ids, ...related]);
  const observed = Map.groupBy(await store.observations.of([...ids, ...related]), ({ recordId }) => recordId);
  const starts = new Map((await store.mirror.get(leadStarts.object, ids)).map((row) => [row['Id'], row]));
  const signals = Map.groupBy(await store.signals.of(ids), ({ leadId }) => leadId);
  return leads.map((lead) => {
    const kin = relatedIdsOf(lead);
    const all = [String(lead['Id']), ...kin.map(([, id]) => id)];
    const of = (object: string): CrmRecord[] => all.flatMap((id) => children.get(object)?.get(id) ?? []);
    const found = kin.flatMap(([object, id]) => (children.get(object)?.get(id) ?? []).map((each) => [object, each]));
    const records: PersonRecords = {
      lead,
      tasks: of('Task'),
      events: of('Event'),
      members: of('CampaignMember'),
      history: of('LeadHistory'),
      opportunitySteps: of('OpportunityHistory'),
      related: Object.fromEntries(found) as Partial<Record<RelatedName, CrmRecord>>,
      start: starts.get(lead['Id'] ?? null),
      signals: signals.get(String(lead['Id'])) ?? [],
      handOffs: of(handOffRows.object),
      observed: all.flatMap((id) => observed.get(id) ?? []),
    };
    return historyOf(records, { unread, types: plan.types, now });
  });
}

type ByParent = ReadonlyMap<string, readonly CrmRecord[]>;

/** Object → id of the lead, or of a record it was converted to → records. */
async function readChildren(
  store: StoreReader,
  plan: MirrorPlan,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ByParent>> {
  const byObject = new Map<string, ByParent>();
  for (const { object, parent, fields, holds } of plan.objects) {
    if (parent === undefined && holds !== 'related') continue;
    const key = parent ?? 'Id';
    const found = parent === undefined ? store.mirror.get(object, ids) : store.mirror.children(object, parent, ids);
    byObject.set(
      object,
      Map.groupBy(readable(await found, fields), (record) => String(record[key])),
    );
  }
  return byObject;
}
