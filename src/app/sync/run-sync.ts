import type { Store } from '../ports.ts';
import { newEvaluation } from './evaluate.ts';
import { flushOutbox } from './flush-outbox.ts';
import { askToJudgeEveryone, judgePeople } from './judge-people.ts';
import { leadStates } from './lead-states.ts';
import type { MirrorPlan } from './mirror-plan.ts';
import { readAll } from './read-all.ts';
import { readChanges } from './read-changes.ts';
import { removeOrphans } from './remove-orphans.ts';
import { emptySummary, type SyncOptions, type SyncSummary } from './sync-summary.ts';
import { findSituation, newMemory, type SyncMemory, type SyncPorts } from './sync-situation.ts';

/** What the last complete read covered: object → fields; empty from the start of a full read to its end. */
const coveredNote = 'covered';

/**
 * Brings the org's lead states up to date with the agreement in force: read, judge, write, checkpoint.
 *
 * Safe to stop at any instant and to run again: what was read, what must be judged and what must be written are each
 * kept in the store before the next step begins.
 */
export async function runSync(
  ports: SyncPorts,
  options: SyncOptions = {},
  memory: SyncMemory = newMemory(),
): Promise<SyncSummary> {
  const { crm, store, clock, progress } = ports;
  const remembered = memory.situation;
  const situation = await findSituation(ports, !options.dryRun, memory);
  const { rules, plan } = situation;
  if (!rules) return emptySummary(options, { problems: situation.problems });
  const full = await needsFullRead(store, plan, options);
  const run = await store.runs.begin(full ? 'full' : 'incremental', timeOf(clock.now()));
  const reading = full ? await readInFull(ports, plan, options) : await readChanges(crm, store, plan, memory.tails);
  if ('rulesChanged' in reading && reading.rulesChanged && situation === remembered) {
    await store.runs.finish(run, timeOf(clock.now()), { read: reading.read, written: 0, failed: 0 });
    memory.situation = undefined;
    return runSync(ports, options, memory);
  }
  const total = newEvaluation();
  await judgePeople(ports, situation, rules, options, total);
  const flushed = options.dryRun ? { written: 0, failed: 0 } : await flushOutbox(crm, store, progress);
  await store.runs.finish(run, timeOf(clock.now()), { read: reading.read, ...flushed });
  const kept = 'kept' in reading ? reading.kept : [];
  return emptySummary(options, {
    ...total,
    ...flushed,
    kind: full ? 'full' : 'incremental',
    agreement: { name: rules.name, version: rules.version, hash: rules.hash },
    read: reading.read,
    removed: reading.removed,
    problems: [...situation.problems, ...plan.hidden.map(hiddenText), ...kept, ...(await deadTexts(store))],
  });
}

const timeOf = (now: number): string => new Date(now).toISOString();

/** In one transaction: from the moment on that a column may be empty, the full read counts as begun. */
function needsFullRead(store: Store, plan: MirrorPlan, options: SyncOptions): Promise<boolean> {
  return store.transaction(async () => {
    for (const { object, fields } of plan.objects) await store.mirror.prepare(object, fields);
    await store.mirror.prepare(leadStates.object, leadStates.mirrored);
    const covered = JSON.parse((await store.getNote(coveredNote)) || '{}') as Readonly<
      Record<string, readonly string[]>
    >;
    // A field that was hidden for a while holds old values, though its column is there.
    const missing = plan.objects.some(({ object, fields }) =>
      fields.some((field) => !covered[object]?.includes(field)),
    );
    if (!missing && !options.full) return false;
    await store.setNote(coveredNote, '');
    return true;
  });
}

async function readInFull(
  { crm, store, progress }: SyncPorts,
  plan: MirrorPlan,
  options: SyncOptions,
): Promise<{ read: number; removed: number; kept: readonly string[] }> {
  const { read, orphans } = await readAll(crm, store, plan, progress);
  const outcome = await removeOrphans(store, orphans, options);
  await store.transaction(async () => {
    await askToJudgeEveryone(store);
    const covered = plan.objects.map(({ object, fields }) => [object, fields] as const);
    await store.setNote(coveredNote, JSON.stringify(Object.fromEntries(covered)));
  });
  return { read, ...outcome };
}

const hiddenText = (field: string): string =>
  `${field} is not visible to the service's user, so every clause that needs it is unknown.`;

async function deadTexts(store: Store): Promise<readonly string[]> {
  const dead = await store.outbox.deadLetters();
  return dead.slice(0, 20).map(({ key, reason }) => `${key} was not written: ${reason}`);
}
