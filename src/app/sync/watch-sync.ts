import { PortError } from '../ports.ts';
import { runSync, type SyncOptions, type SyncSummary } from './run-sync.ts';
import { newMemory, type SyncPorts } from './sync-situation.ts';

export type WatchOptions = {
  /** Pause between passes while there is work. */
  readonly intervalMs: number;
  readonly stop: AbortSignal;
  /** Told of every pass that changed something, and of the first. */
  readonly report: (pass: SyncSummary) => void;
  readonly warn: (text: string) => void;
};

/** Share of the org's daily API calls that waiting for changes may cost. */
const watchShare = 0.25;

/** Calls of a quiet pass. */
const callsPerPass = 2;

const dayMs = 86_400_000;
const longestPauseMs = 5 * 60_000;

/**
 * Runs passes until it is stopped, and returns the totals of all of them.
 *
 * A stop lets the pass at hand end. A failure that time can heal is waited out with growing pauses; a sign-in that has
 * expired ends the watch, because nobody but the user can heal it.
 */
export async function watchSync(ports: SyncPorts, options: SyncOptions, watch: WatchOptions): Promise<SyncSummary> {
  const memory = newMemory();
  let total: SyncSummary | undefined;
  let failures = 0;
  while (!watch.stop.aborted) {
    try {
      const pass = await runSync(ports, total ? { ...options, full: false } : options, memory);
      if (!total || pass.written + pass.failed + pass.removed > 0 || news(total, pass)) watch.report(pass);
      total = total ? addUp(total, pass) : pass;
      failures = 0;
    } catch (error) {
      if (!(error instanceof PortError) || !heals(error)) throw error;
      failures += 1;
      memory.situation = undefined;
      watch.warn(`${error.message} The next try is in ${Math.round(pauseOf(ports, watch, failures) / 1000)} s.`);
    }
    await pause(pauseOf(ports, watch, failures), watch.stop);
  }
  return total ?? runSync(ports, { ...options, dryRun: true }, memory);
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

/** No shorter than asked for, and long enough that a day of waiting stays within its share of the org's API calls. */
function pauseOf({ crm }: SyncPorts, { intervalMs }: WatchOptions, failures: number): number {
  const limit = crm.apiUsage()?.limit;
  const affordable = limit ? (dayMs * callsPerPass) / (limit * watchShare) : 0;
  const wanted = Math.max(intervalMs, affordable);
  return failures === 0 ? wanted : Math.min(longestPauseMs, wanted * 2 ** failures);
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
