import type { Crm, CrmRecord, Store } from '../ports.ts';
import { quotedList } from '../ports/soql-text.ts';
import type { MirroredObject, MirrorPlan } from './mirrored-object.ts';
import { toRecords } from './page-rows.ts';

/** Ids that one query may list, well below the length that SOQL takes. */
const idsPerQuery = 200;

/**
 * Reads the members of those campaigns again that say something new: members copy from their campaign, and its change
 * leaves no trace on them.
 *
 * Must be saved before the campaigns are, so that a process that dies in between finds the campaigns changed again.
 */
export async function* readMembersAgain(
  { crm, store }: { readonly crm: Crm; readonly store: Store },
  { objects }: MirrorPlan,
  campaigns: MirroredObject,
  records: readonly CrmRecord[],
): AsyncGenerator<{ readonly target: MirroredObject; readonly records: readonly CrmRecord[] }> {
  const target = objects.find(({ object }) => object === 'CampaignMember');
  if (!target) return;
  const changed = await changedIds(store, campaigns, records);
  for (let start = 0; start < changed.length; start += idsPerQuery) {
    const some = quotedList(changed.slice(start, start + idsPerQuery));
    const where = `CampaignId IN ${some} AND LeadId != null`;
    for await (const page of crm.extract({ object: target.object, fields: target.fields, where })) {
      yield { target, records: toRecords(page) };
    }
  }
}

/** A campaign that the mirror does not know yet has only members that were read after it. */
async function changedIds(
  store: Store,
  { object, fields }: MirroredObject,
  records: readonly CrmRecord[],
): Promise<readonly string[]> {
  const ids = records.map((record) => String(record['Id']));
  const known = new Map((await store.mirror.get(object, ids)).map((each) => [each['Id'], each]));
  const differs = (record: CrmRecord): boolean => {
    const before = known.get(record['Id'] ?? null);
    return before !== undefined && fields.some((field) => (before[field] ?? null) !== (record[field] ?? null));
  };
  return records.filter((record) => record['IsDeleted'] !== true && differs(record)).map(({ Id }) => String(Id));
}
