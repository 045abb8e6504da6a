import { Args } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { type ModeChange, setMode } from '../../../app/agreement/set-mode.ts';
import { examineOrg } from '../../../app/doctor/examine-org.ts';
import { AccordCommand } from '../../../cli/accord-command.ts';
import { connectionFlags, storeFlag } from '../../../cli/connection-flags.ts';
import type { Services } from '../../../compose.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.agreement.mode');

const modes = { observe: 'Observe', advise: 'Advise', enforce: 'Enforce' } as const;

export type AgreementModeResult = ModeChange;

export default class AgreementMode extends AccordCommand<AgreementModeResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly args = {
    mode: Args.string({
      required: true,
      options: Object.keys(modes),
      description: messages.getMessage('args.mode.summary'),
    }),
  };
  public static override readonly flags = {
    ...connectionFlags,
    ...storeFlag,
    'dry-run': Flags.boolean({ default: false, summary: messages.getMessage('flags.dry-run.summary') }),
  };

  public async run(): Promise<AgreementModeResult> {
    const { args, flags } = await this.parse(AgreementMode);
    await using services = await this.connect(flags);
    const mode = modes[args.mode as keyof typeof modes];
    const findReasons = (): Promise<readonly string[]> => unmetConditions(services);
    const done = await setMode(services.crm, services.clock, mode, { dryRun: flags['dry-run'], findReasons });
    const key = done.dryRun ? 'info.would' : done.from === done.mode ? 'info.same' : 'info.set';
    this.log(messages.getMessage(key, [done.agreement, done.version, done.from, done.mode]));
    return done;
  }
}

/** The conditions of readiness that are not met, as doctor finds them. */
async function unmetConditions(services: Services): Promise<readonly string[]> {
  const { readiness } = await examineOrg(services, { store: await services.findStore() });
  return readiness.conditions.filter(({ met }) => !met).map(({ sentence }) => `  ${sentence}`);
}
