import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { readColumnMap } from '../../app/import/column-map.ts';
import { importCsv, type ImportSummary } from '../../app/import/import-csv.ts';
import { type ImportPreview, previewImport } from '../../app/import/preview/preview-import.ts';
import { AccordCommand, partlyDone } from '../../cli/accord-command.ts';
import { connectionFlags } from '../../cli/connection-flags.ts';
import { readAgreement } from '../../cli/read-agreement.ts';
import { readInput } from '../../cli/read-input.ts';
import { RejectsFile } from '../../cli/rejects-file.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.import');

export type ImportResult = (ImportSummary & { readonly rejects: string | null }) | ImportPreview;

type Imported = Extract<ImportResult, ImportSummary>;

export default class Import extends AccordCommand<ImportResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly flags = {
    ...connectionFlags,
    file: Flags.file({ char: 'f', required: true, exists: true, summary: messages.getMessage('flags.file.summary') }),
    map: Flags.string({ char: 'm', required: true, summary: messages.getMessage('flags.map.summary') }),
    rejects: Flags.string({ summary: messages.getMessage('flags.rejects.summary') }),
    'skip-bad-rows': Flags.boolean({ default: false, summary: messages.getMessage('flags.skip-bad-rows.summary') }),
    'dry-run': Flags.boolean({ default: false, summary: messages.getMessage('flags.dry-run.summary') }),
    preview: Flags.boolean({
      default: false,
      exclusive: ['dry-run'],
      summary: messages.getMessage('flags.preview.summary'),
    }),
    agreement: Flags.string({ dependsOn: ['preview'], summary: messages.getMessage('flags.agreement.summary') }),
  };

  public async run(): Promise<ImportResult> {
    const { flags } = await this.parse(Import);
    const map = readColumnMap(await readInput(flags.map, 'column-map'), flags.map);
    const agreement = flags.agreement === undefined ? undefined : await readAgreement(flags.agreement);
    await using services = await this.connect(flags);
    const source = { name: basename(flags.file), open: () => createReadStream(flags.file) };
    if (flags.preview) return this.#show(await previewImport(services, source, map, agreement));
    await using rejects = new RejectsFile(flags.rejects ?? `${basename(flags.file, '.csv')}.rejects.csv`);
    const done = await importCsv(services, source, map, {
      dryRun: flags['dry-run'],
      skipBadRows: flags['skip-bad-rows'],
      onReject: (row, header) => rejects.add(row, header),
    });
    return this.#report({ ...done, rejects: rejects.written ?? null });
  }

  #show(preview: ImportPreview): ImportPreview {
    const { rows, bad, agreement, stages, undecided, duplicates, facts, problems } = preview;
    for (const problem of problems) this.warn(problem);
    const version = agreement.version === null ? '' : ` version ${agreement.version}`;
    const judged = rows - bad;
    this.log(messages.getMessage('info.preview', [rows, bad, agreement.name + version]));
    this.logLines(stages.map((stage) => `  ${stage.title}: ${stage.rows}`));
    this.log(messages.getMessage('info.preview-undecided', [undecided]));
    const { byKey, byEmail, inList } = duplicates;
    this.log(messages.getMessage('info.preview-duplicates', [byKey, byEmail, inList]));
    this.log(messages.getMessage('info.preview-facts'));
    this.logLines(facts.map(({ fact, field, known }) => `  ${fact} (${field}): ${known} of ${judged}`));
    if (bad > 0) process.exitCode = partlyDone;
    return preview;
  }

  #report(done: Imported): Imported {
    const { object, rows, created, updated, skipped, failed, rejects, problems } = done;
    for (const problem of problems) this.warn(problem);
    if (done.dryRun) this.log(messages.getMessage('info.checked', [rows, skipped]));
    else this.log(messages.getMessage('info.done', [object, rows, created, updated, skipped, failed]));
    if (rejects) this.log(messages.getMessage('info.rejects', [rejects]));
    if (skipped + failed > 0) process.exitCode = partlyDone;
    return done;
  }
}
