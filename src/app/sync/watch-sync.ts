import { type ApiUsage, PortError, usableApiShare } from '../ports.ts';
import { lastFullRead } from './covered-fields.ts';
import { ruleObjects } from './read-changes.ts';
import { runSync } from './run-sync.ts';
import { emptySummary, type SyncOptions, type SyncSummary } from './sync-summary.ts';
import { newMemory, type SyncPorts } from './sync-situation.ts';

export type WatchOptions = {
  /** Pause between passes while there is work. */
  readonly intervalMs: number;
  /** Everything is read again when the last full read is this long ago; default a day. Only that finds what was deleted for good. */
  readonly readAllEveryMs?: number;
  readonly stop: AbortSignal;
  /** Told of every pass that changed something, and of the first. */
  readonly report: (pass: SyncSummary) => void;
  readonly warn: (text: string) => void;
};

/** Below this share of the org's daily API calls a watch does not hold back. */
const plentifulShare = 0.25;

/** Queries that one call carries. */
const queriesPerCall = 5;

const dayMs = 86_400_000;
const longestPauseMs = 5 * 60_000;

/**
 * Runs passes until it is stopped, and returns the totals of all of them.
 *
 * Changes are polled, and once a day everything is read again. A stop lets the pass at hand end. A failure that time can heal is waited out with growing pauses; a sign-in that has
 * expired ends the watch, because nobody but the user can heal it.
 */
export async function watchSync(ports: SyncPorts, options: SyncOptions, watch: WatchOptions): Promise<SyncSummary> {
  const memory = newMemory();
  let total: SyncSummary | undefined;
  let failures = 0;
  const nextPause = (failed: number): number => {
    const objects = memory.situation?.plan.objects.length ?? 0;
    const calls = Math.ceil((objects + ruleObjects.length) / queriesPerCall);
    const usual = pauseBetweenPasses(watch.intervalMs, ports.crm.apiUsage(), calls);
    return failed === 0 ? usual : Math.min(longestPauseMs, usual * 2 ** failed);
  };
  while (!watch.stop.aborted) {
    try {
      const full = (!total && options.full) || (await isFullReadDue(ports, watch.readAllEveryMs ?? dayMs));
      const pass = await runSync(ports, { ...options, full }, memory);
      if (!total || pass.written + pass.failed + pass.removed > 0 || news(total, pass)) watch.report(pass);
      total = total ? addUp(total, pass) : pass;
      failures = 0;
    } catch (error) {
      if (!(error instanceof PortError) || !heals(error)) throw error;
      failures += 1;
      memory.situation = undefined;
      const seconds = Math.round(nextPause(failures) / 1000);
      watch.warn(`${error.message}\nThe next try is in ${seconds} s.`);
    }
    await pause(nextPause(failures), watch.stop);
  }
  return total ?? emptySummary(options, {});
}

async function isFullReadDue({ store, clock }: SyncPorts, everyMs: number): Promise<boolean> {
  const last = await lastFullRead(store);
  return last !== undefined && clock.now() - last >= everyMs;
}

const heals = (error: PortError): boolean => error.code === 'retryable' || error.code === 'limit';

const news = (total: SyncSummary, pass: SyncSummary): boolean =>
  total.agreement?.hash !== pass.agreement?.hash || total.problems.join('\n') !== pass.problems.join('\n');

/** The later pass speaks for the situation, the sum for the work. */
const addUp = (total: SyncSummary, pass: SyncSummary): SyncSummary => ({
  ...pass,
  read: total.read + pass.read,
  judged: total.judged + pass.judged,
  changed: total.changed + pass.changed,
  leadUpdates: total.leadUpdates + pass.leadUpdates,
  removed: total.removed + pass.removed,
  written: total.written + pass.written,
  failed: total.failed + pass.failed,
});

/**
 * As asked for while the org's calls are plentiful; after that long enough that what is left lasts for a day.
 *
 * Everybody in the org draws on the same calls, so a watch must not be what uses them up.
 */
export function pauseBetweenPasses(intervalMs: number, usage: ApiUsage | undefined, callsPerPass: number): number {
  if (!usage || usage.used <= usage.limit * plentifulShare) return intervalMs;
  const left = usage.limit * usableApiShare - usage.used;
  return left <= 0 ? longestPauseMs : Math.min(longestPauseMs, Math.max(intervalMs, (dayMs * callsPerPass) / left));
}

function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      stop.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    stop.addEventListener('abort', end);
  });
}
