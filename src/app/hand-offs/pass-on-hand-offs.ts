import { isHeld } from '../../domain/hand-off/episode.ts';
import type { CrmRecord, CrmValue, Store } from '../ports.ts';
import { handOffRows, toEpisode } from './hand-off-rows.ts';

/**
 * Passes the hand-offs of leads that are gone on to the lead that each was merged into, and returns those leads.
 *
 * Of a lead that was deleted the hand-off that was still held ends; called in the transaction that forgets the lead.
 */
export async function passOnHandOffs(
  store: Store,
  gone: readonly string[],
  mergedInto: ReadonlyMap<string, CrmValue | undefined>,
): Promise<readonly string[]> {
  const rows = await store.mirror.children(handOffRows.object, handOffRows.parent, gone);
  if (rows.length === 0) return [];
  const heirs = new Set<string>();
  const moved: CrmRecord[] = [];
  for (const row of rows) {
    const heir = mergedInto.get(String(row['Lead__c']));
    if (typeof heir === 'string' && heir !== '') {
      heirs.add(heir);
      moved.push({ ...row, Lead__c: heir });
    } else if (isHeld(toEpisode(row))) {
      moved.push({ ...row, Lead__c: null, Status__c: 'Ended' });
    }
  }
  await store.mirror.save(
    handOffRows.object,
    handOffRows.mirrored,
    moved.map((row) => handOffRows.mirrored.map((field) => row[field] ?? null)),
  );
  await store.outbox.enqueue(moved.map((row) => handOffRows.upsert(handOffRows.writable(row))));
  return [...heirs];
}
