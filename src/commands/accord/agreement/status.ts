import { Messages } from '@salesforce/core';
import { agreementStatus, type AgreementStatus } from '../../../app/agreement/agreement-status.ts';
import { AccordCommand } from '../../../cli/accord-command.ts';
import { connectionFlags } from '../../../cli/connection-flags.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.agreement.status');

export type AgreementStatusResult = AgreementStatus;

export default class AgreementStatusCommand extends AccordCommand<AgreementStatusResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly flags = connectionFlags;

  public async run(): Promise<AgreementStatusResult> {
    const { flags } = await this.parse(AgreementStatusCommand);
    await using services = await this.connect(flags);
    const status = await agreementStatus(services.crm, services.clock);
    this.#print(status);
    return status;
  }

  #print({ inForce, versions }: AgreementStatus): void {
    if (inForce) this.log(messages.getMessage('info.in-force', [inForce.agreement, inForce.version, inForce.mode]));
    else this.log(messages.getMessage('info.none'));
    for (const { agreement, version, status, hash, signatures, problems, expiresAt } of versions) {
      this.log(`\n${agreement} v${version}: ${status}${expiresAt ? ` until ${expiresAt.slice(0, 10)}` : ''}`);
      this.log(`  hash ${hash}`);
      this.logLines(signatures.map(({ party, by, at }) => `  signed for ${party} by ${by} on ${at}`));
      this.logLines(problems.map((problem) => `  ! ${problem}`));
    }
  }
}
