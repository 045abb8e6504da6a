import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { pushAgreement, type PushSummary } from '../../../app/agreement/push-agreement.ts';
import { readAgreementFile } from '../../../app/agreement/read-agreement-file.ts';
import { problemLine } from '../../../app/files/yaml-file.ts';
import { AccordCommand } from '../../../cli/accord-command.ts';
import { connectionFlags } from '../../../cli/connection-flags.ts';
import { readInput } from '../../../cli/read-input.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.agreement.push');

export type AgreementPushResult = PushSummary;

export default class AgreementPush extends AccordCommand<AgreementPushResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly flags = {
    ...connectionFlags,
    file: Flags.string({ char: 'f', required: true, summary: messages.getMessage('flags.file.summary') }),
    draft: Flags.boolean({ default: false, summary: messages.getMessage('flags.draft.summary') }),
  };

  public async run(): Promise<AgreementPushResult> {
    const { flags } = await this.parse(AgreementPush);
    const file = readAgreementFile(await readInput(flags.file, 'agreement-file'), flags.file);
    await using services = await this.connect(flags);
    const pushed = await pushAgreement(services.crm, file, { draft: flags.draft });
    for (const problem of pushed.warnings) this.warn(problemLine(flags.file, problem));
    const { name, version, status, hash } = pushed;
    this.log(messages.getMessage(pushed.created ? 'info.pushed' : 'info.same', [name, version, status, hash]));
    return pushed;
  }
}
