import { PortError, type RunKind, type Store } from '../ports.ts';
import { isCurrent, markCovered, needsFullRead } from './covered-fields.ts';
import { newEvaluation } from './evaluate.ts';
import { flushOutbox } from './flush-outbox.ts';
import { recordReadiness } from '../doctor/record-readiness.ts';
import { previewProposals } from '../preview/preview-proposals.ts';
import { askToJudgeEveryone, judgePeople } from './judge-people.ts';
import type { MirrorPlan } from './mirrored-object.ts';
import { pruneStore } from '../signals/retention.ts';
import { readAll } from './read-all.ts';
import { type Changes, readChanges } from './read-changes.ts';
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
  const { store, clock } = ports;
  const remembered = memory.situation;
  const situation = await findSituation(ports, !options.dryRun, memory);
  const isRemembered = situation === remembered;
  const { plan } = situation;
  await pruneStore(store, clock.now());
  if (plan.objects.length === 0) return emptySummary(options, { problems: situation.problems });
  // A full read that begins ends what was current.
  const current = await isCurrent(store, plan);
  const kind = (await needsFullRead(store, plan, options.full ?? false)) ? 'full' : 'incremental';
  const run = await store.runs.begin(kind, timeOf(clock.now()));
  const reading = await read(ports, plan, options, { kind, current, memory }).catch(unlessOutdated(isRemembered));
  if (!reading || (reading.rulesChanged && isRemembered)) {
    await store.runs.finish(run, timeOf(clock.now()), { read: reading?.read ?? 0, written: 0, failed: 0 });
    memory.situation = undefined;
    return runPass(ports, options, memory);
  }
  const isNews = !isRemembered || kind === 'full' || reading.requested;
  return work(ports, situation, options, { run, kind, reading, isNews });
}

/** What a pass has read. */
type Reading = Pick<Changes, 'read' | 'removed' | 'rulesChanged' | 'requested'> & {
  /** Why rows are kept whose leads were not found. */
  readonly kept: readonly string[];
};

async function read(
  ports: SyncPorts,
  plan: MirrorPlan,
  options: SyncOptions,
  { kind, current, memory }: { readonly kind: RunKind; readonly current: boolean; readonly memory: SyncMemory },
): Promise<Reading> {
  if (kind === 'full') {
    return { ...(await readInFull(ports, plan, options, current)), rulesChanged: false, requested: false };
  }
  return { ...(await readChanges(ports.crm, ports.store, plan, memory.tails)), kept: [] };
}

type Pass = {
  readonly run: number;
  readonly kind: RunKind;
  readonly reading: Reading;
  /** Whether records may wait for the service. */
  readonly isNews: boolean;
};

/** Judges who is to be judged, writes what that changes, and does what records ask for. */
async function work(
  ports: SyncPorts,
  situation: Situation,
  options: SyncOptions,
  { run, kind, reading, isNews }: Pass,
): Promise<SyncSummary> {
  const { crm, store, clock, progress } = ports;
  const { rules, plan } = situation;
  await followRowOwners(store, situation.rowOwners);
  const total = newEvaluation();
  if (rules) await judgePeople(ports, situation, rules, options, total);
  const flushed = options.dryRun ? { written: 0, failed: 0 } : await flushOutbox(crm, store, progress, clock.now());
  await store.runs.finish(run, timeOf(clock.now()), { read: reading.read, ...flushed });
  const unwritten = options.dryRun ? [] : await unwrittenTexts(store);
  const undone = options.dryRun || !isNews ? [] : await workOnRecords(ports, situation);
  return emptySummary(options, {
    ...total,
    ...flushed,
    kind,
    agreement: rules ? { name: rules.name, version: rules.version, hash: rules.hash } : null,
    read: reading.read,
    removed: reading.removed,
    problems: [
      ...situation.problems,
      ...plan.hidden.map(hiddenText),
      ...total.problems,
      ...reading.kept,
      ...unwritten,
      ...undone,
    ],
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
