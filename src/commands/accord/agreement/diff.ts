import { Args } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { type Difference, difference, fileSide, orgSide, type Side } from '../../../app/agreement/diff-agreement.ts';
import { readAgreementFile } from '../../../app/agreement/read-agreement-file.ts';
import { amendmentText } from '../../../domain/agreement/diff/amendments.ts';
import { AccordCommand } from '../../../cli/accord-command.ts';
import { connectionFlags, type ConnectionFlags } from '../../../cli/connection-flags.ts';
import { readInput } from '../../../cli/read-input.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.agreement.diff');

export type AgreementDiffResult = Difference;

export default class AgreementDiff extends AccordCommand<AgreementDiffResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly args = {
    file: Args.string({ description: messages.getMessage('args.file.summary') }),
  };
  public static override readonly flags = {
    ...connectionFlags,
    against: Flags.string({ summary: messages.getMessage('flags.against.summary') }),
    agreement: Flags.string({ summary: messages.getMessage('flags.agreement.summary') }),
  };

  public async run(): Promise<AgreementDiffResult> {
    const { args, flags } = await this.parse(AgreementDiff);
    const to = await this.#side(args.file ?? 'org', flags);
    const from = await this.#side(flags.against ?? (args.file ? 'org' : 'current'), flags);
    const found = difference(from, to);
    this.log(messages.getMessage(found.same ? 'info.same' : 'info.differs', [found.to.title, found.from.title]));
    this.logLines(found.amendments.map((each) => `  ${amendmentText(each)}`));
    return found;
  }

  async #side(name: string, flags: ConnectionFlags & { readonly agreement?: string | undefined }): Promise<Side> {
    const number = /^v?(\d+)$/.exec(name)?.[1];
    if (number === undefined && name !== 'current' && name !== 'org') {
      return fileSide(readAgreementFile(await readInput(name, 'agreement-file'), name));
    }
    await using services = await this.connect(flags);
    const side = name === 'current' || name === 'org' ? name : Number(number);
    return orgSide(services.crm, services.clock, side, flags.agreement);
  }
}
