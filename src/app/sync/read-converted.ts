import type { Crm, CrmRecord, Store } from '../ports.ts';
import { quotedList } from '../ports/soql-text.ts';
import { conversions, relatedIdsOf } from './conversions.ts';
import type { MirroredObject, MirrorPlan } from './mirrored-object.ts';
import { toRecords } from './page-rows.ts';

/** Ids that one query may list, well below the length that SOQL takes. */
const idsPerQuery = 200;

/**
 * Reads the contacts, accounts, opportunities and activities of leads that have been converted since they were last seen.
 *
 * Must be saved before the leads are, so that a process that dies in between finds the leads converted again.
 */
export async function* readConverted(
  { crm, store }: { readonly crm: Crm; readonly store: Store },
  { objects }: MirrorPlan,
  leads: readonly CrmRecord[],
): AsyncGenerator<{ readonly target: MirroredObject; readonly records: readonly CrmRecord[] }> {
  const found = await newlyConverted(store, leads);
  if (found.length === 0) return;
  await conversions.save(store, found);
  const ids = [...new Set(found.flatMap((lead) => relatedIdsOf(lead).map(([, id]) => id)))];
  const targets = objects.filter(
    ({ holds, parent }) =>
      holds === 'related' || holds === 'activities' || (holds === 'history' && parent === 'OpportunityId'),
  );
  for (const target of targets) {
    for (let start = 0; start < ids.length; start += idsPerQuery) {
      const where = `${target.parent ?? 'Id'} IN ${quotedList(ids.slice(start, start + idsPerQuery))}`;
      const { object, fields } = target;
      for await (const page of crm.extract({ object, fields, where, includeDeleted: true })) {
        yield { target, records: toRecords(page) };
      }
    }
  }
}

/** Leads whose mirrored copy does not know yet what they were converted to. */
async function newlyConverted(store: Store, leads: readonly CrmRecord[]): Promise<readonly CrmRecord[]> {
  const converted = leads.filter((lead) => lead['IsConverted'] === true && lead['IsDeleted'] !== true);
  if (converted.length === 0) return [];
  const known = await store.mirror.get(
    'Lead',
    converted.map((lead) => String(lead['Id'])),
  );
  const before = new Map(known.map((lead) => [lead['Id'], lead]));
  return converted.filter((lead) => before.get(lead['Id'] ?? null)?.['IsConverted'] !== true);
}
