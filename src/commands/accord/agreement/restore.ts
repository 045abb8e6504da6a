import { Args } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { type Restored, restoreVersion } from '../../../app/agreement/restore-version.ts';
import { AccordCommand } from '../../../cli/accord-command.ts';
import { connectionFlags } from '../../../cli/connection-flags.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.agreement.restore');

export type AgreementRestoreResult = Restored;

export default class AgreementRestore extends AccordCommand<AgreementRestoreResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly args = {
    version: Args.integer({ required: true, min: 1, description: messages.getMessage('args.version.summary') }),
  };
  public static override readonly flags = {
    ...connectionFlags,
    agreement: Flags.string({ summary: messages.getMessage('flags.agreement.summary') }),
    'dry-run': Flags.boolean({ default: false, summary: messages.getMessage('flags.dry-run.summary') }),
  };

  public async run(): Promise<AgreementRestoreResult> {
    const { args, flags } = await this.parse(AgreementRestore);
    await using services = await this.connect(flags);
    const choice = { version: args.version, agreement: flags.agreement };
    const done = await restoreVersion(services.crm, choice, { dryRun: flags['dry-run'] });
    const { agreement, version, restored, dryRun } = done;
    this.log(messages.getMessage(dryRun ? 'info.would' : 'info.restored', [agreement, version, restored]));
    if (done.comparedWith) {
      const key = done.amendments.length > 0 ? 'info.changes' : 'info.same';
      this.log(messages.getMessage(key, [done.comparedWith]));
    }
    this.logLines(done.amendments.map((each) => `  ${each}`));
    return done;
  }
}
