import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { proposeVersion, type StatusChange } from '../../../app/agreement/change-status.ts';
import { AccordCommand } from '../../../cli/accord-command.ts';
import { connectionFlags } from '../../../cli/connection-flags.ts';
import { parseInstant } from '../../../cli/parse-instant.ts';
import { versionFlags } from '../../../cli/version-flags.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.agreement.propose');

export type AgreementProposeResult = StatusChange;

export default class AgreementPropose extends AccordCommand<AgreementProposeResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly flags = {
    ...connectionFlags,
    ...versionFlags(messages),
    effective: Flags.string({ summary: messages.getMessage('flags.effective.summary') }),
    'dry-run': Flags.boolean({ default: false, summary: messages.getMessage('flags.dry-run.summary') }),
  };

  public async run(): Promise<AgreementProposeResult> {
    const { flags } = await this.parse(AgreementPropose);
    const effectiveFrom = flags.effective && parseInstant(flags.effective, '--effective');
    await using services = await this.connect(flags);
    const done = await proposeVersion(services.crm, {
      ...flags,
      effectiveFrom,
      clock: services.clock,
      dryRun: flags['dry-run'],
    });
    const { agreement, version, hash, dryRun } = done;
    this.log(messages.getMessage(dryRun ? 'info.would' : 'info.proposed', [agreement, version, hash]));
    if (done.effectiveFrom) this.log(messages.getMessage('info.effective', [done.effectiveFrom]));
    this.logLines(done.notices);
    return done;
  }
}
