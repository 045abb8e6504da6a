import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { eraseSignals } from '../../../app/signals/erase-signals.ts';
import { AccordCommand } from '../../../cli/accord-command.ts';
import { connectionFlags, storeFlag } from '../../../cli/connection-flags.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.signals.erase');

export type SignalsEraseResult = { readonly leadId: string; readonly erased: number };

export default class SignalsErase extends AccordCommand<SignalsEraseResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly flags = {
    ...connectionFlags,
    ...storeFlag,
    lead: Flags.string({ required: true, summary: messages.getMessage('flags.lead.summary') }),
  };

  public async run(): Promise<SignalsEraseResult> {
    const { flags } = await this.parse(SignalsErase);
    await using services = await this.connect(flags);
    const done = await eraseSignals(await services.openStore(), flags.lead, services.clock.now());
    this.log(messages.getMessage('info.done', [done.erased, done.leadId]));
    return done;
  }
}
