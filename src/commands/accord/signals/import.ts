import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Args } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { importSignals, type SignalImportSummary } from '../../../app/signals/import-signals.ts';
import { AccordCommand, partlyDone } from '../../../cli/accord-command.ts';
import { connectionFlags, storeFlag } from '../../../cli/connection-flags.ts';
import { RejectsFile } from '../../../cli/rejects-file.ts';
import { parseDuration } from '../../../domain/agreement/duration.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.signals.import');

export type SignalsImportResult = SignalImportSummary & { readonly rejects: string | null };

export default class SignalsImport extends AccordCommand<SignalsImportResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly args = {
    file: Args.file({ required: true, exists: true, description: messages.getMessage('args.file.summary') }),
  };
  public static override readonly flags = {
    ...connectionFlags,
    ...storeFlag,
    match: Flags.string({ summary: messages.getMessage('flags.match.summary') }),
    'consent-field': Flags.string({ summary: messages.getMessage('flags.consent-field.summary') }),
    keep: Flags.string({ summary: messages.getMessage('flags.keep.summary') }),
    rejects: Flags.string({ summary: messages.getMessage('flags.rejects.summary') }),
    'dry-run': Flags.boolean({ default: false, summary: messages.getMessage('flags.dry-run.summary') }),
  };

  public async run(): Promise<SignalsImportResult> {
    const { args, flags } = await this.parse(SignalsImport);
    const keepMs = flags.keep === undefined ? undefined : parseDuration(flags.keep);
    if (flags.keep !== undefined && keepMs === undefined) throw messages.createError('error.keep', [flags.keep]);
    const [idField, consentField] = [flags.match, flags['consent-field']].map(leadField);
    await using services = await this.connect(flags);
    const store = await services.openStore();
    await using held = new AsyncDisposableStack();
    held.use(await store.leaseSync());
    const source = { name: basename(args.file), open: () => createReadStream(args.file) };
    await using rejects = new RejectsFile(flags.rejects ?? `${basename(args.file)}.rejects.csv`);
    const done = await importSignals({ ...services, store }, source, {
      idField,
      consentField,
      keepMs,
      dryRun: flags['dry-run'],
      onReject: (row, header) => rejects.add(row, header),
    });
    return this.#report({ ...done, rejects: rejects.written ?? null });
  }

  #report(done: SignalsImportResult): SignalsImportResult {
    const { rows, added, leads, repeated, unmatched, withoutConsent, tooOld, malformed, rejects } = done;
    for (const problem of done.problems) this.warn(problem);
    this.log(messages.getMessage(done.dryRun ? 'info.would' : 'info.done', [rows, added, leads, repeated]));
    this.log(messages.getMessage('info.left', [unmatched, withoutConsent, tooOld, malformed]));
    if (rejects) this.log(messages.getMessage('info.rejects', [rejects]));
    if (malformed > 0) process.exitCode = partlyDone;
    return done;
  }
}

/** `Lead.External_Id__c` → `External_Id__c`. */
function leadField(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const name = /^Lead\.([A-Za-z]\w*)$/.exec(path)?.[1];
  if (name === undefined) throw messages.createError('error.field', [path]);
  return name;
}
