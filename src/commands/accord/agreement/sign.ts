import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { signAgreement, type SignSummary } from '../../../app/agreement/sign-agreement.ts';
import { AccordCommand } from '../../../cli/accord-command.ts';
import { connectionFlags } from '../../../cli/connection-flags.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.agreement.sign');

export type AgreementSignResult = SignSummary;

export default class AgreementSign extends AccordCommand<AgreementSignResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly flags = {
    ...connectionFlags,
    party: Flags.option({ options: ['sales', 'marketing'] as const })({
      char: 'p',
      required: true,
      summary: messages.getMessage('flags.party.summary'),
    }),
    agreement: Flags.string({ summary: messages.getMessage('flags.agreement.summary') }),
    version: Flags.integer({ min: 1, summary: messages.getMessage('flags.version.summary') }),
    hash: Flags.string({ summary: messages.getMessage('flags.hash.summary') }),
  };

  public async run(): Promise<AgreementSignResult> {
    const { flags } = await this.parse(AgreementSign);
    await using services = await this.connect(flags);
    const signed = await signAgreement(services.crm, flags);
    const { agreement, version, party, hash } = signed;
    this.log(messages.getMessage(signed.created ? 'info.signed' : 'info.before', [agreement, version, party, hash]));
    this.log(messages.getMessage(signed.complete ? 'info.complete' : 'info.waiting'));
    return signed;
  }
}
