import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { importAgreement, type ImportedAgreement } from '../../../app/migration/import-agreement.ts';
import { Refusal } from '../../../app/refusal.ts';
import { AccordCommand } from '../../../cli/accord-command.ts';
import { connectionFlags } from '../../../cli/connection-flags.ts';
import { readInput } from '../../../cli/read-input.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.agreement.import');

export type AgreementImportResult = ImportedAgreement & { readonly file: string };

export default class AgreementImport extends AccordCommand<AgreementImportResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly flags = {
    ...connectionFlags,
    'from-org': Flags.boolean({
      default: false,
      summary: messages.getMessage('flags.from-org.summary'),
    }),
    scores: Flags.string({ char: 's', summary: messages.getMessage('flags.scores.summary') }),
    threshold: Flags.integer({ default: 100, summary: messages.getMessage('flags.threshold.summary') }),
    name: Flags.string({ summary: messages.getMessage('flags.name.summary') }),
    output: Flags.string({ default: 'draft.agreement.yaml', summary: messages.getMessage('flags.output.summary') }),
    force: Flags.boolean({ default: false, summary: messages.getMessage('flags.force.summary') }),
  };

  public async run(): Promise<AgreementImportResult> {
    const { flags } = await this.parse(AgreementImport);
    const { output: file, scores, name, threshold } = flags;
    if (!flags['from-org'] && scores === undefined) {
      throw new Refusal('nothing-to-import', 'Name something to start from: --from-org, --scores, or both.');
    }
    if (existsSync(file) && !flags.force) throw new Refusal('file-exists', `${file} exists already.`);
    const table = scores === undefined ? undefined : { name: basename(scores), bytes: await readInput(scores, 'csv') };
    await using services = flags['from-org'] ? await this.connect(flags) : undefined;
    const { summary, text } = await importAgreement(services?.crm, { name, threshold, scores: table });
    await writeFile(file, text, { flag: flags.force ? 'w' : 'wx' });
    this.#print(summary, file);
    return { ...summary, file };
  }

  #print({ agreement, stages, facts, taken, leftOut, warnings }: ImportedAgreement, file: string): void {
    for (const { line, text, reason } of leftOut) this.warn(messages.getMessage('info.left-out', [line, text, reason]));
    for (const warning of warnings) this.warn(warning);
    this.log(messages.getMessage('info.written', [agreement, file, stages.length, facts.length]));
    if (taken + leftOut.length > 0) this.log(messages.getMessage('info.scores', [taken, leftOut.length]));
    this.log(messages.getMessage('info.next', [file]));
  }
}
