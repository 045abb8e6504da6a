import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { type DoctorReport, examineOrg } from '../../app/doctor/examine-org.ts';
import type { Finding } from '../../app/doctor/finding.ts';
import { AccordCommand } from '../../cli/accord-command.ts';
import { connectionFlags, storeFlag } from '../../cli/connection-flags.ts';
import { readAgreement } from '../../cli/read-agreement.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.doctor');

export type DoctorResult = DoctorReport;

export default class Doctor extends AccordCommand<DoctorResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly flags = {
    ...connectionFlags,
    ...storeFlag,
    agreement: Flags.string({ char: 'f', summary: messages.getMessage('flags.agreement.summary') }),
    strict: Flags.boolean({ default: false, summary: messages.getMessage('flags.strict.summary') }),
  };

  public async run(): Promise<DoctorResult> {
    const { flags } = await this.parse(Doctor);
    const file = flags.agreement === undefined ? undefined : await readAgreement(flags.agreement);
    await using services = await this.connect(flags);
    const report = await examineOrg(services, { file, store: await services.findStore() });
    this.#print(report);
    if (flags.strict && report.readiness.readyFor !== 'Enforce') process.exitCode = 1;
    return report;
  }

  #print({ org, checkedAs, agreement, readiness, findings, apiCalls }: DoctorReport): void {
    this.log(messages.getMessage('info.examined', [org.id, org.kind, checkedAs, apiCalls]));
    if (agreement) this.log(messages.getMessage('info.agreement', [versionName(agreement), agreement.from]));
    else this.log(messages.getMessage('info.no-agreement'));
    for (const finding of findings) this.logLines(['', ...linesOf(finding)]);
    this.log(`\n${messages.getMessage('info.ready', [readiness.readyFor])}`);
    this.logLines(readiness.conditions.map(({ met, sentence }) => `  ${met ? '✓' : '✗'} ${sentence}`));
  }
}

const versionName = ({ name, version }: NonNullable<DoctorReport['agreement']>): string =>
  version === null ? name : `${name} version ${version}`;

const marks = { 'blocks-enforce': '✗', warns: '!', info: '·' } as const;

const linesOf = ({ severity, title, evidence, fixedBy, how }: Finding): readonly string[] => [
  `${marks[severity]} ${title}`,
  ...evidence.map((line) => `    ${line}`),
  `    → ${fixedBy}: ${how}`,
];
