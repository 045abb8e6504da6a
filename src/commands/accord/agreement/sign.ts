import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { signAgreement, type Signing, type SignSummary } from '../../../app/agreement/sign-agreement.ts';
import { titleOf } from '../../../app/agreement/version-title.ts';
import { Refusal } from '../../../app/refusal.ts';
import { AccordCommand } from '../../../cli/accord-command.ts';
import { connectionFlags } from '../../../cli/connection-flags.ts';
import { versionFlags } from '../../../cli/version-flags.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.agreement.sign');

/** The base command would take ten seconds of silence for a no. */
const readingTime = 30 * 60_000;

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
    ...versionFlags(messages),
    hash: Flags.string({ summary: messages.getMessage('flags.hash.summary') }),
    yes: Flags.boolean({ char: 'y', default: false, summary: messages.getMessage('flags.yes.summary') }),
    'dry-run': Flags.boolean({ default: false, summary: messages.getMessage('flags.dry-run.summary') }),
  };

  public async run(): Promise<AgreementSignResult> {
    const { flags } = await this.parse(AgreementSign);
    const dryRun = flags['dry-run'];
    const canAsk = process.stdin.isTTY && !this.jsonEnabled();
    if (!flags.yes && !dryRun && !canAsk) {
      throw new Refusal('not-confirmed', 'Nobody can be asked here whether to sign.');
    }
    await using services = await this.connect(flags);
    const signed = await signAgreement(services.crm, { ...flags, dryRun }, (signing) => this.#ask(signing, flags.yes));
    const { agreement, version, party, hash } = signed;
    const key = signed.dryRun ? 'info.would' : signed.created ? 'info.signed' : 'info.before';
    if (signed.dryRun) {
      this.log(messages.getMessage('info.preview', [`${agreement} v${version}`, signed.preview]));
      this.logLines(signed.notices);
    }
    this.log(messages.getMessage(key, [agreement, version, party, hash]));
    this.log(messages.getMessage(signed.complete ? 'info.complete' : 'info.waiting'));
    return signed;
  }

  async #ask({ version, party, preview, amendments, notices }: Signing, yes: boolean): Promise<boolean> {
    const title = titleOf(version.record);
    this.log(messages.getMessage('info.preview', [title, preview.summary]));
    if (amendments) this.log(messages.getMessage('info.amendments', [title]));
    this.logLines((amendments ?? []).map((each) => `  ${each}`));
    this.logLines(notices);
    if (yes) return true;
    const message = messages.getMessage('prompt.sign', [title, party, version.hash ?? '']);
    return this.confirm({ message, ms: readingTime });
  }
}
