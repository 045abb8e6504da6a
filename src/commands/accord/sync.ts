import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { runSync } from '../../app/sync/run-sync.ts';
import type { SyncSummary } from '../../app/sync/sync-summary.ts';
import { watchSync } from '../../app/sync/watch-sync.ts';
import { AccordCommand, partlyDone } from '../../cli/accord-command.ts';
import { connectionFlags, storeFlag } from '../../cli/connection-flags.ts';
import { stopSignal } from '../../cli/stop-signal.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.sync');

export type SyncResult = SyncSummary;

export default class Sync extends AccordCommand<SyncResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly flags = {
    ...connectionFlags,
    ...storeFlag,
    full: Flags.boolean({ default: false, summary: messages.getMessage('flags.full.summary') }),
    'lead-fields': Flags.boolean({ default: false, summary: messages.getMessage('flags.lead-fields.summary') }),
    'remove-orphans': Flags.boolean({ default: false, summary: messages.getMessage('flags.remove-orphans.summary') }),
    'dry-run': Flags.boolean({
      default: false,
      summary: messages.getMessage('flags.dry-run.summary'),
      exclusive: ['watch'],
    }),
    watch: Flags.boolean({ char: 'w', default: false, summary: messages.getMessage('flags.watch.summary') }),
    interval: Flags.integer({
      min: 1,
      default: 5,
      dependsOn: ['watch'],
      summary: messages.getMessage('flags.interval.summary'),
    }),
  };

  public async run(): Promise<SyncResult> {
    const { flags } = await this.parse(Sync);
    await using services = await this.connect(flags);
    const store = await services.openStore();
    await using held = new AsyncDisposableStack();
    held.use(await store.leaseSync());
    const ports = { ...services, store, counter: await services.previewCounter(store) };
    const options = {
      full: flags.full,
      dryRun: flags['dry-run'],
      leadFields: flags['lead-fields'],
      removeOrphans: flags['remove-orphans'],
    };
    if (!flags.watch) return this.#report(await runSync(ports, options));
    const stop = stopSignal();
    const report = (pass: SyncSummary): void => void this.#report(pass);
    return await watchSync(ports, options, {
      intervalMs: flags.interval * 1000,
      stop,
      report,
      warn: (text) => this.warn(text),
    });
  }

  #report(done: SyncSummary): SyncSummary {
    for (const problem of done.problems) this.warn(problem);
    if (!done.agreement) this.log(messages.getMessage('info.none'));
    else this.#reportVerdicts(done, done.agreement);
    if (done.failed > 0) process.exitCode = partlyDone;
    return done;
  }

  #reportVerdicts(done: SyncSummary, { name, version }: { name: string; version: number }): void {
    const { kind, read, judged, changed, written, failed, removed } = done;
    this.log(
      messages.getMessage(done.dryRun ? 'info.would' : 'info.done', [name, version, kind, read, judged, changed]),
    );
    if (!done.dryRun) this.log(messages.getMessage('info.written', [written, failed, removed]));
    if (done.dryRun) this.logLines(done.samples.map(({ leadId, from, to }) => `  ${leadId}: ${from ?? 'new'} → ${to}`));
  }
}
