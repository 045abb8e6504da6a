import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { type RunningOrg, startOrg } from '../../../embedded-org/start-org.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.org.start');

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

export type OrgStartResult = Pick<RunningOrg, 'instanceUrl' | 'accessToken' | 'username'>;

type OrgStartFlags = {
  readonly port: number;
  readonly sample: boolean;
  readonly faults: boolean;
  readonly 'data-dir': string | undefined;
};

export default class OrgStart extends SfCommand<OrgStartResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    port: Flags.integer({ min: 0, max: 65_535, default: 0, summary: messages.getMessage('flags.port.summary') }),
    'data-dir': Flags.directory({ summary: messages.getMessage('flags.data-dir.summary') }),
    sample: Flags.boolean({ summary: messages.getMessage('flags.sample.summary') }),
    faults: Flags.boolean({ summary: messages.getMessage('flags.faults.summary') }),
  };

  #announced = false;

  public async run(): Promise<OrgStartResult> {
    const { flags } = await this.parse(OrgStart);
    const stopped = nextSignal();
    const org = await this.#start(flags);
    this.#announce(org);
    await stopped;
    await org.close();
    this.log(messages.getMessage('info.stopped'));
    return result(org);
  }

  /** The result was printed when the org was ready; only errors are left to print at the end. */
  public override logJson(json: unknown): void {
    if (!this.#announced) super.logJson(json);
  }

  async #start({ port, sample, faults, 'data-dir': dataDir }: OrgStartFlags): Promise<RunningOrg> {
    try {
      return await startOrg({ port, sample, faults, ...(dataDir === undefined ? {} : { dataDir }) });
    } catch (error) {
      const { code, name } = error as { code?: string; name?: string };
      if (code === 'EADDRINUSE') throw messages.createError('error.PortInUse', [port], [], error as Error);
      if (name === 'DataFolderInUse')
        throw messages.createError('error.DataFolderInUse', [dataDir], [], error as Error);
      throw error;
    }
  }

  #announce(org: RunningOrg): void {
    this.#announced = true;
    if (this.jsonEnabled()) process.stdout.write(`${JSON.stringify(result(org))}\n`);
    else this.log(messages.getMessage('info.started', [org.instanceUrl, org.username, org.accessToken]));
  }
}

const result = ({ instanceUrl, accessToken, username }: RunningOrg): OrgStartResult => ({
  instanceUrl,
  accessToken,
  username,
});

/** Resolves at the first request to stop. The base class would end the process at once, before the org could close. */
function nextSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of SIGNALS) process.removeAllListeners(signal).once(signal, () => resolve());
  });
}
