import type { Crm, Progress, Store } from '../ports.ts';
import { rowCount } from '../ports/packed-rows.ts';
import { conversions, followsConversions } from './conversions.ts';
import { lastFullRead } from './covered-fields.ts';
import { leadStarts } from './lead-starts.ts';
import { leadStates } from './lead-states.ts';
import type { MirroredObject, MirrorPlan } from './mirrored-object.ts';
import { toRecords } from './page-rows.ts';
import { overlapMs } from './read-changes.ts';
import { rowsOfLeads } from './save-changes.ts';
import { saveWhileReading } from './save-while-reading.ts';

export type ReadAll = {
  readonly read: number;
  /** State rows, by lead id, whose lead this user cannot find any more. */
  readonly orphans: ReadonlyMap<string, string>;
};

/**
 * Reads every mirrored object in full, and the state rows that the org holds.
 *
 * Each object's cursor moves only once all of its pages are saved; what the read did not see leaves the mirror.
 */
export async function readAll(
  crm: Crm,
  store: Store,
  plan: MirrorPlan,
  progress: Progress,
  now: number,
): Promise<ReadAll> {
  let read = 0;
  for (const target of plan.objects) {
    read += await readObject(crm, store, target, progress);
    if (target.holds === 'leads' && followsConversions(plan)) await conversions.readAll(crm, store);
  }
  const orphans = await readStates(crm, store, progress, now);
  return { read, orphans };
}

async function readObject(crm: Crm, store: Store, target: MirroredObject, progress: Progress): Promise<number> {
  const { object, fields, where, parent } = target;
  progress.start(`Reading ${object}`);
  let startedAt: string | undefined;
  let read = 0;
  await store.mirror.beginSweep(object);
  // queryAll reaches archived activities, which a plain query does not.
  const request = { object, fields, ...(where && { where }), ...(parent && { includeDeleted: true }) };
  await saveWhileReading(crm.extract(request), (page) => {
    startedAt ??= page.startedAt;
    read += rowCount(page.rows);
    progress.advance(rowCount(page.rows));
    return rowsOfLeads(store, target, page).then((rows) => store.mirror.save(object, page.columns, rows));
  });
  await store.mirror.endSweep(object);
  if (startedAt) await advanceTo(store, object, startedAt);
  progress.finish(`${read} read`);
  return read;
}

/** Changes committed late carry an earlier stamp, so the next poll begins before this read did. */
const advanceTo = (store: Store, object: string, startedAt: string): Promise<void> => {
  const modstamp = new Date(Date.parse(startedAt) - overlapMs).toISOString();
  return store.cursors.advance({ object, modstamp, lastId: '' });
};

async function readStates(
  crm: Crm,
  store: Store,
  progress: Progress,
  now: number,
): Promise<ReadonlyMap<string, string>> {
  // A store that has never been filled knows of the past only what the rows say.
  const isNew = (await lastFullRead(store)) === undefined;
  const orphans = new Map<string, string>();
  progress.start('Reading lead states');
  await store.mirror.beginSweep(leadStates.object);
  for await (const page of crm.extract({ object: leadStates.object, fields: ['Id', ...leadStates.fields] })) {
    const records = toRecords(page);
    const rows = records.map((record) => leadStates.toMirrorRow(String(record['Id']), record));
    await store.mirror.save(leadStates.object, leadStates.mirrored, rows);
    if (isNew) await leadStarts.save(store, records, now);
    const leads = records.map((record) => String(record['Lead_Id__c']));
    const found = new Set((await store.mirror.get('Lead', leads)).map((lead) => lead['Id']));
    for (const record of records) {
      const lead = String(record['Lead_Id__c']);
      if (!found.has(lead)) orphans.set(lead, String(record['Id']));
    }
    progress.advance(records.length);
  }
  await store.mirror.endSweep(leadStates.object);
  progress.finish();
  return orphans;
}
