import { Messages } from '@salesforce/core';
import { Args } from '@oclif/core';
import { type AgreementFile, readAgreementFile } from '../../../app/agreement/read-agreement-file.ts';
import { checkAgainstOrg } from '../../../app/agreement/push-agreement.ts';
import { type FileProblem, problemLine } from '../../../app/files/yaml-file.ts';
import { Refusal } from '../../../app/refusal.ts';
import { AccordCommand } from '../../../cli/accord-command.ts';
import { connectionFlags, type ConnectionFlags } from '../../../cli/connection-flags.ts';
import { readInput } from '../../../cli/read-input.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.agreement.validate');

export type AgreementValidateResult = {
  readonly valid: true;
  readonly hash: string;
  readonly problems: readonly FileProblem[];
};

export default class AgreementValidate extends AccordCommand<AgreementValidateResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly args = {
    file: Args.string({ required: true, description: messages.getMessage('args.file.summary') }),
  };
  public static override readonly flags = connectionFlags;

  public async run(): Promise<AgreementValidateResult> {
    const { args, flags } = await this.parse(AgreementValidate);
    const file = readAgreementFile(await readInput(args.file, 'agreement-file'), args.file);
    const problems = [...file.problems, ...(await this.#compareWithOrg(flags, file))];
    const lines = problems.map((problem) => problemLine(args.file, problem));
    if (problems.some((problem) => problem.severity === 'error')) {
      throw new Refusal('agreement-invalid', `${args.file} is not a valid agreement.`, lines);
    }
    for (const line of lines) this.warn(line);
    this.log(messages.getMessage('info.valid', [args.file, file.hash]));
    return { valid: true, hash: file.hash, problems };
  }

  /** Without a connection the file is checked by itself. */
  async #compareWithOrg(flags: ConnectionFlags, file: AgreementFile): Promise<readonly FileProblem[]> {
    if (!flags['target-org'] && !flags['instance-url']) return [];
    await using services = await this.connect(flags);
    return checkAgainstOrg(services.crm, file);
  }
}
