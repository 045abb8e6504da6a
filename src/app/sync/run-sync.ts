import { PortError, type Store } from '../ports.ts';
import { isCurrent, markCovered, needsFullRead } from './covered-fields.ts';
import { newEvaluation } from './evaluate.ts';
import { flushOutbox } from './flush-outbox.ts';
import { recordReadiness } from '../doctor/record-readiness.ts';
import { previewProposals } from '../preview/preview-proposals.ts';
import { askToJudgeEveryone, judgePeople } from './judge-people.ts';
import type { MirrorPlan } from './mirrored-object.ts';
import { pruneStore } from '../signals/retention.ts';
import { readAll } from './read-all.ts';
import { readChanges } from './read-changes.ts';
import { removeOrphans } from './remove-orphans.ts';
import { followRowOwners } from './row-owners.ts';
import { emptySummary, type SyncOptions, type SyncSummary } from './sync-summary.ts';
import { runRequests } from '../requests/run-requests.ts';
import { findSituation, newMemory, type Situation, type SyncMemory, type SyncPorts } from './sync-situation.ts';

/**
 * Brings the org's lead states up to date with the agreement in force: read, judge, write, checkpoint.
 *
 * Safe to stop at any instant and to run again: what was read, what must be judged and what must be written are each
 * kept in the store before the next step begins. A dry run leaves neither in the store nor in the memory that it ran.
 */
export async function runSync(
  ports: SyncPorts,
  options: SyncOptions = {},
  memory: SyncMemory = newMemory(),
): Promise<SyncSummary> {
  if (!options.dryRun) return runPass(ports, options, memory);
  return ports.store.rehearse((store) => runPass({ ...ports, store }, options, newMemory()));
}

async function runPass(ports: SyncPorts, options: SyncOptions, memory: SyncMemory): Promise<SyncSummary> {
  const { crm, store, clock, progress } = ports;
  const remembered = memory.situation;
  const situation = await findSituation(ports, !options.dryRun, memory);
  const { rules, plan } = situation;
  await pruneStore(store, clock.now());
  if (plan.objects.length === 0) return emptySummary(options, { problems: situation.problems });
  const current = await isCurrent(store, plan);
  const full = await needsFullRead(store, plan, options.full ?? false);
  const run = await store.runs.begin(full ? 'full' : 'incremental', timeOf(clock.now()));
  const reading = await (
    full ? readInFull(ports, plan, options, current) : readChanges(crm, store, plan, memory.tails)
  ).catch(unlessOutdated(situation === remembered));
  if (!reading || ('rulesChanged' in reading && reading.rulesChanged && situation === remembered)) {
    await store.runs.finish(run, timeOf(clock.now()), { read: reading?.read ?? 0, written: 0, failed: 0 });
    memory.situation = undefined;
    return runPass(ports, options, memory);
  }
  await followRowOwners(store, situation.rowOwners);
  const total = newEvaluation();
  if (rules) await judgePeople(ports, situation, rules, options, total);
  const flushed = options.dryRun ? { written: 0, failed: 0 } : await flushOutbox(crm, store, progress, clock.now());
  await store.runs.finish(run, timeOf(clock.now()), { read: reading.read, ...flushed });
  const unwritten = options.dryRun ? [] : await unwrittenTexts(store);
  const isNews = situation !== remembered || full || ('requested' in reading && reading.requested);
  const undone = options.dryRun || !isNews ? [] : await workOnRecords(ports, situation);
  const kept = 'kept' in reading ? reading.kept : [];
  return emptySummary(options, {
    ...total,
    ...flushed,
    kind: full ? 'full' : 'incremental',
    agreement: rules ? { name: rules.name, version: rules.version, hash: rules.hash } : null,
    read: reading.read,
    removed: reading.removed,
    problems: [...situation.problems, ...plan.hidden.map(hiddenText), ...total.problems, ...kept, ...unwritten, ...undone],
  });
}

/** Previews what is proposed, does what people have asked for and says what the version is ready for, after everything is read; returns what went wrong. */
async function workOnRecords(ports: SyncPorts, situation: Situation): Promise<readonly string[]> {
  const unshown = await previewProposals(ports, situation);
  const undone = await runRequests(ports, situation);
  const unready = situation.rules ? await recordReadiness(ports, situation.rules.versionId) : [];
  return [...unshown, ...undone, ...unready];
}

/** What was read a moment ago may be hidden by now: a situation that is only remembered is then found anew. */
const unlessOutdated =
  (remembered: boolean) =>
  (error: unknown): undefined => {
    const hidden = error instanceof PortError && (error.code === 'invalid' || error.code === 'missing');
    if (!remembered || !hidden) throw error;
  };

const timeOf = (now: number): string => new Date(now).toISOString();

async function readInFull(
  { crm, store, clock, progress }: SyncPorts,
  plan: MirrorPlan,
  options: SyncOptions,
  current: boolean,
): Promise<{ read: number; removed: number; kept: readonly string[] }> {
  // A full read replaces rows without looking at what they were, so what changed since the last pass is seen before it.
  if (current) await readChanges(crm, store, plan);
  const { read, orphans } = await readAll(crm, store, plan, progress, clock.now());
  const outcome = await removeOrphans(store, orphans, options);
  await store.transaction(async () => {
    await askToJudgeEveryone(store);
    await markCovered(store, plan, clock.now());
  });
  return { read, ...outcome };
}

const hiddenText = (field: string): string =>
  `${field} is not visible to the service's user, so every clause that needs it is unknown.`;

async function unwrittenTexts(store: Store): Promise<readonly string[]> {
  const dead = await store.outbox.deadLetters();
  const texts = dead.slice(0, 20).map(({ key, reason }) => `${key} was not written: ${reason}`);
  const waiting = await store.outbox.pending();
  if (waiting === 0) return texts;
  const what = waiting === 1 ? '1 record waits' : `${waiting} records wait`;
  return [...texts, `${what} to be written: the org refused it for the moment, and a later sync tries again.`];
}
