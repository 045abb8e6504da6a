import { Messages } from '@salesforce/core';
import {
  agreementStatus,
  type AgreementStatus,
  type VersionStatusRow,
  type WaitingParty,
} from '../../../app/agreement/agreement-status.ts';
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

  #print({ inForce, problems, versions }: AgreementStatus): void {
    if (inForce) this.log(messages.getMessage('info.in-force', [inForce.agreement, inForce.version, inForce.mode]));
    else this.log(messages.getMessage('info.none'));
    this.logLines(problems.map((problem) => `! ${problem}`));
    for (const version of versions) this.logLines(['', ...linesOf(version)]);
  }
}

function linesOf(row: VersionStatusRow): readonly string[] {
  const { agreement, version, status, startsAt, expiresAt, hash, preview, problems } = row;
  const from = startsAt ? ` from ${startsAt.slice(0, 10)}` : '';
  const until = expiresAt ? ` until ${expiresAt.slice(0, 10)}` : '';
  return [
    `${agreement} v${version}: ${status}${from}${until}`,
    `  hash ${hash}`,
    ...(preview ? [`  preview: ${preview}`] : []),
    ...row.signatures.map(({ party, by, at }) => `  signed for ${party} by ${by} on ${at}`),
    ...row.waitingFor.map(waitingLine),
    ...problems.map((problem) => `  ! ${problem}`),
  ];
}

const waitingLine = ({ party, signers, opened }: WaitingParty): string =>
  `  waits for ${party}: ${signers.join(' or ')}${opened.length > 0 ? ` (preview opened by ${opened.join(', ')})` : ''}`;
