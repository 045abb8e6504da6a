import { writeFile } from 'node:fs/promises';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { baseHashOf, withHeader } from '../../../app/agreement/file-header.ts';
import { pushAgreement, type PushSummary } from '../../../app/agreement/push-agreement.ts';
import { readAgreementFile } from '../../../app/agreement/read-agreement-file.ts';
import { problemLine } from '../../../app/files/yaml-file.ts';
import { AccordCommand } from '../../../cli/accord-command.ts';
import { connectionFlags } from '../../../cli/connection-flags.ts';
import { parseInstant } from '../../../cli/parse-instant.ts';
import { readInput } from '../../../cli/read-input.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.agreement.push');

export type AgreementPushResult = PushSummary;

export default class AgreementPush extends AccordCommand<AgreementPushResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly flags = {
    ...connectionFlags,
    file: Flags.string({ char: 'f', required: true, summary: messages.getMessage('flags.file.summary') }),
    draft: Flags.boolean({ default: false, summary: messages.getMessage('flags.draft.summary') }),
    effective: Flags.string({
      exclusive: ['draft'],
      summary: messages.getMessage('flags.effective.summary'),
    }),
    'dry-run': Flags.boolean({ default: false, summary: messages.getMessage('flags.dry-run.summary') }),
  };

  public async run(): Promise<AgreementPushResult> {
    const { flags } = await this.parse(AgreementPush);
    const effectiveFrom = flags.effective && parseInstant(flags.effective, '--effective');
    const bytes = await readInput(flags.file, 'agreement-file');
    const file = readAgreementFile(bytes, flags.file);
    await using services = await this.connect(flags);
    const options = { draft: flags.draft, effectiveFrom, clock: services.clock, dryRun: flags['dry-run'] };
    const pushed = await pushAgreement(services.crm, file, options);
    if (!pushed.dryRun) await nameBase(flags.file, bytes, pushed);
    for (const problem of pushed.warnings) this.warn(problemLine(flags.file, problem));
    const { name, version, status, hash } = pushed;
    const isNew = pushed.created || pushed.id === null;
    this.log(messages.getMessage(keyOf(pushed), [name, version, status, hash]));
    if (isNew) this.logLines(pushed.amendments.map((each) => `  ${each}`));
    this.logLines(pushed.notices);
    return pushed;
  }
}

function keyOf({ id, created, proposed, dryRun }: PushSummary): string {
  if (proposed) return dryRun ? 'info.would-propose' : 'info.proposed';
  if (created) return 'info.pushed';
  return id === null ? 'info.would' : 'info.same';
}

/** A file that was pulled says on its top which version it is based on: from now on that is the one pushed. */
async function nameBase(path: string, bytes: Uint8Array, { name, version, hash }: PushSummary): Promise<void> {
  const text = new TextDecoder().decode(bytes);
  const base = baseHashOf(text);
  if (base !== undefined && base !== hash) await writeFile(path, withHeader(text, { name, version }, hash));
}
