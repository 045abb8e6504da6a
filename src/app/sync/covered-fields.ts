import type { Store } from '../ports.ts';
import { handOffRows } from '../hand-offs/hand-off-rows.ts';
import { conversions } from './conversions.ts';
import { leadStarts } from './lead-starts.ts';
import { leadStates } from './lead-states.ts';
import type { MirrorPlan } from './mirrored-object.ts';

/** Object → fields whose values the mirror has kept current since a full read; empty while one is under way. */
const coveredNote = 'covered';
const fullReadNote = 'read-in-full-at';

/**
 * Prepares the mirror, and tells whether changes alone cannot bring it up to date.
 *
 * A field that was hidden for a while is not covered any more, though its column holds its old values. All happens in
 * one transaction, so a crash before a new column is filled finds the full read begun.
 */
export function needsFullRead(store: Store, plan: MirrorPlan, wanted: boolean): Promise<boolean> {
  return store.transaction(async () => {
    for (const { object, fields, parent } of plan.objects) await store.mirror.prepare(object, fields, parent);
    await conversions.prepare(store);
    await leadStarts.prepare(store);
    await store.mirror.prepare(handOffRows.object, handOffRows.mirrored, handOffRows.parent);
    await store.mirror.prepare(leadStates.object, leadStates.mirrored, leadStates.parent);
    const covered = new Set(((await store.getNote(coveredNote)) ?? '').split(' '));
    const full = wanted || namesOf(plan).some((name) => !covered.has(name));
    await store.setNote(coveredNote, full ? '' : namesOf(plan).join(' '));
    return full;
  });
}

/** The fields of a plan whose values the mirror does not hold or has not kept current. */
export async function uncoveredFields(store: Store, plan: MirrorPlan): Promise<readonly string[]> {
  const covered = new Set(((await store.getNote(coveredNote)) ?? '').split(' '));
  return namesOf(plan).filter((name) => !covered.has(name));
}

/** Whether changes alone would bring the mirror up to date. */
export async function isCurrent(store: Store, plan: MirrorPlan): Promise<boolean> {
  const covered = new Set(((await store.getNote(coveredNote)) ?? '').split(' '));
  return namesOf(plan).every((name) => covered.has(name));
}

/** Ends a full read; called in the transaction that asks for everybody to be judged. */
export async function markCovered(store: Store, plan: MirrorPlan, now: number): Promise<void> {
  await store.setNote(coveredNote, namesOf(plan).join(' '));
  await store.setNote(fullReadNote, String(now));
}

/** When everything was read in full, epoch ms; undefined for a store that has yet to be filled. */
export async function lastFullRead(store: Store): Promise<number | undefined> {
  const at = await store.getNote(fullReadNote);
  return at === undefined ? undefined : Number(at);
}

const namesOf = ({ objects }: MirrorPlan): readonly string[] =>
  objects.flatMap(({ object, fields }) => fields.map((field) => `${object}.${field}`));
