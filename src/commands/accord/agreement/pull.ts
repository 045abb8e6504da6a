import { readFile, writeFile } from 'node:fs/promises';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { mustReplace, pullAgreement } from '../../../app/agreement/pull-agreement.ts';
import { AccordCommand } from '../../../cli/accord-command.ts';
import { connectionFlags } from '../../../cli/connection-flags.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.agreement.pull');

export type AgreementPullResult = {
  readonly agreement: string;
  readonly version: number;
  readonly hash: string;
  readonly file: string;
};

export default class AgreementPull extends AccordCommand<AgreementPullResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly flags = {
    ...connectionFlags,
    file: Flags.string({ char: 'f', summary: messages.getMessage('flags.file.summary') }),
    agreement: Flags.string({ summary: messages.getMessage('flags.agreement.summary') }),
    version: Flags.integer({ min: 1, summary: messages.getMessage('flags.version.summary') }),
    force: Flags.boolean({ default: false, summary: messages.getMessage('flags.force.summary') }),
  };

  public async run(): Promise<AgreementPullResult> {
    const { flags } = await this.parse(AgreementPull);
    await using services = await this.connect(flags);
    const version = await pullAgreement(services.crm, flags);
    const { text, slug, ...pulled } = version;
    const file = flags.file ?? `${slug}.agreement.yaml`;
    const existing = await readFile(file).catch(() => undefined);
    const write = !existing || flags.force || mustReplace(file, existing, version);
    if (write) await writeFile(file, text);
    this.log(messages.getMessage(write ? 'info.pulled' : 'info.same', [pulled.agreement, pulled.version, file]));
    return { ...pulled, file };
  }
}
