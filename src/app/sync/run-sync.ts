import type { RunKind, Store } from '../ports.ts';
import { newEvaluation, type StageChange } from './evaluate.ts';
import { flushOutbox } from './flush-outbox.ts';
import { askToJudgeEveryone, judgePeople } from './judge-people.ts';
import { leadStates } from './lead-states.ts';
import type { MirrorPlan } from './mirror-plan.ts';
import { readAll } from './read-all.ts';
import { readChanges } from './read-changes.ts';
import { removeOrphans } from './remove-orphans.ts';
import { findSituation, newMemory, type SyncMemory, type SyncPorts } from './sync-situation.ts';

export type SyncOptions = {
  /** Reads everything again, even where the cursors would allow reading changes only. */
  readonly full?: boolean;
  /** Says what would change and writes nothing to the org. */
  readonly dryRun?: boolean;
  /** Also writes the stage's title to Lead.Accord_Stage__c. */
  readonly leadFields?: boolean;
  /** Removes state rows of leads that cannot be found, however many there are. */
  readonly removeOrphans?: boolean;
};

export type SyncSummary = {
  readonly kind: RunKind;
  readonly dryRun: boolean;
  /** The version applied; null when none is in force: then nothing was judged and nothing written. */
  readonly agreement: { readonly name: string; readonly version: number; readonly hash: string } | null;
  /** Records read from the org. */
  readonly read: number;
  /** Leads judged. */
  readonly judged: number;
  /** Verdicts that differ from what the org held. */
  readonly changed: number;
  /** Leads whose Accord_Stage__c differs from their verdict. */
  readonly leadUpdates: number;
  /** Leads that were deleted or merged, whose verdict goes with them. */
  readonly removed: number;
  readonly written: number;
  readonly failed: number;
  readonly samples: readonly StageChange[];
  /** What the reader should know: missing signatures, hidden fields, rows that were refused. */
  readonly problems: readonly string[];
};

const fullReadNote = 'full-read';

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

/** A pass that did nothing, but for what is known of it. */
export const emptySummary = (options: SyncOptions, known: Partial<SyncSummary>): SyncSummary => ({
  kind: 'incremental',
  dryRun: options.dryRun ?? false,
  agreement: null,
  read: 0,
  judged: 0,
  changed: 0,
  leadUpdates: 0,
  removed: 0,
  written: 0,
  failed: 0,
  samples: [],
  problems: [],
  ...known,
});

const timeOf = (now: number): string => new Date(now).toISOString();

/** In one transaction: columns are new only once, so a crash before they are filled must find the full read begun. */
function needsFullRead(store: Store, plan: MirrorPlan, options: SyncOptions): Promise<boolean> {
  return store.transaction(async () => {
    let incomplete = options.full === true || (await store.getNote(fullReadNote)) === 'begun';
    for (const { object, fields } of plan.objects) {
      const added = await store.mirror.prepare(object, fields);
      if (added.length > 0 || !(await store.cursors.find(object))) incomplete = true;
    }
    await store.mirror.prepare(leadStates.object, leadStates.mirrored);
    if (incomplete) await store.setNote(fullReadNote, 'begun');
    return incomplete;
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
    await store.setNote(fullReadNote, 'done');
  });
  return { read, ...outcome };
}

const hiddenText = (field: string): string =>
  `${field} is not visible to the service's user, so every clause that needs it is unknown.`;

async function deadTexts(store: Store): Promise<readonly string[]> {
  const dead = await store.outbox.deadLetters();
  return dead.slice(0, 20).map(({ key, reason }) => `${key} was not written: ${reason}`);
}
