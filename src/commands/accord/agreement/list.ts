import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { type ListedVersion, listVersions } from '../../../app/agreement/list-versions.ts';
import { AccordCommand } from '../../../cli/accord-command.ts';
import { connectionFlags } from '../../../cli/connection-flags.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.agreement.list');

export type AgreementListResult = { readonly versions: readonly ListedVersion[] };

export default class AgreementList extends AccordCommand<AgreementListResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly flags = {
    ...connectionFlags,
    agreement: Flags.string({ summary: messages.getMessage('flags.agreement.summary') }),
  };

  public async run(): Promise<AgreementListResult> {
    const { flags } = await this.parse(AgreementList);
    await using services = await this.connect(flags);
    const versions = await listVersions(services.crm, services.clock, flags.agreement);
    if (versions.length === 0) this.log(messages.getMessage('info.none'));
    else this.#print(versions);
    return { versions };
  }

  #print(versions: readonly ListedVersion[]): void {
    this.table({
      data: versions.map((each) => ({
        version: `${each.agreement} v${each.version}`,
        status: each.intact ? each.status : `${each.status}, changed`,
        'in force': each.inForceFrom
          ? `${dayOf(each.inForceFrom)} – ${each.inForceTo ? dayOf(each.inForceTo) : ''}`
          : '',
        'proposed by': each.createdBy,
        'signed by': each.signedBy.join(', '),
        hash: each.hash.slice(0, 12),
      })),
    });
  }
}

const dayOf = (instant: string): string => instant.slice(0, 10);
