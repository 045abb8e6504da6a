import { readFile, writeFile } from 'node:fs/promises';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { baseHashOf } from '../../../app/agreement/file-header.ts';
import { mergeIntoFile } from '../../../app/agreement/merge-into-file.ts';
import { pullAgreement } from '../../../app/agreement/pull-agreement.ts';
import { AccordCommand } from '../../../cli/accord-command.ts';
import { connectionFlags } from '../../../cli/connection-flags.ts';
import { versionFlags } from '../../../cli/version-flags.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.agreement.pull');

export type AgreementPullResult = {
  readonly agreement: string;
  readonly version: number;
  readonly hash: string;
  readonly file: string;
  /** False when the file said all of it already, or in a dry run. */
  readonly written: boolean;
  /** What came from the org into a file that existed, in words. */
  readonly amendments: readonly string[];
  /** True when the file also holds changes that were never pushed. */
  readonly ahead: boolean;
};

export default class AgreementPull extends AccordCommand<AgreementPullResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly flags = {
    ...connectionFlags,
    file: Flags.string({ char: 'f', summary: messages.getMessage('flags.file.summary') }),
    ...versionFlags(messages),
    'dry-run': Flags.boolean({ default: false, summary: messages.getMessage('flags.dry-run.summary') }),
    force: Flags.boolean({ default: false, summary: messages.getMessage('flags.force.summary') }),
  };

  public async run(): Promise<AgreementPullResult> {
    const { flags } = await this.parse(AgreementPull);
    await using services = await this.connect(flags);
    const fileOf = (slug: string): string => flags.file ?? `${slug}.agreement.yaml`;
    const findBase = async (slug: string): Promise<string | undefined> =>
      flags.force ? undefined : baseHashOf((await readExisting(fileOf(slug)))?.toString() ?? '');
    const pulled = await pullAgreement(services.crm, { ...flags, findBase });
    const { agreement, version, hash } = pulled;
    const file = fileOf(pulled.slug);
    const existing = await readExisting(file);
    const next =
      existing && !flags.force
        ? mergeIntoFile(file, existing, pulled)
        : { text: pulled.text, amendments: [], ahead: false };
    const differs = existing?.toString() !== next.text;
    const written = differs && !flags['dry-run'];
    if (written) await writeFile(file, next.text);
    const key = !differs ? 'info.same' : written ? 'info.pulled' : 'info.would';
    this.log(messages.getMessage(key, [agreement, version, file]));
    this.logLines(next.amendments.map((each) => `  ${each}`));
    if (next.ahead) this.log(messages.getMessage('info.ahead', [file]));
    return { agreement, version, hash, file, written, amendments: next.amendments, ahead: next.ahead };
  }
}

const readExisting = (file: string): Promise<Buffer | undefined> => readFile(file).catch(() => undefined);
