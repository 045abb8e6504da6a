import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { withdrawVersion, type StatusChange } from '../../../app/agreement/change-status.ts';
import { AccordCommand } from '../../../cli/accord-command.ts';
import { connectionFlags } from '../../../cli/connection-flags.ts';
import { versionFlags } from '../../../cli/version-flags.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.agreement.withdraw');

export type AgreementWithdrawResult = StatusChange;

export default class AgreementWithdraw extends AccordCommand<AgreementWithdrawResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly flags = {
    ...connectionFlags,
    ...versionFlags(messages),
    'dry-run': Flags.boolean({ default: false, summary: messages.getMessage('flags.dry-run.summary') }),
  };

  public async run(): Promise<AgreementWithdrawResult> {
    const { flags } = await this.parse(AgreementWithdraw);
    await using services = await this.connect(flags);
    const done = await withdrawVersion(services.crm, { ...flags, dryRun: flags['dry-run'] });
    this.log(messages.getMessage(done.dryRun ? 'info.would' : 'info.withdrawn', [done.agreement, done.version]));
    return done;
  }
}
