import { Args } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { basename } from 'node:path';
import { readJudgedVersions } from '../../../app/agreement/judged-versions.ts';
import { readAgreementFile } from '../../../app/agreement/read-agreement-file.ts';
import { type Against, chooseAgainst, chooseFile, chooseProposed } from '../../../app/preview/choose-versions.ts';
import { previewAgreement } from '../../../app/preview/preview-agreement.ts';
import { savePreviewOf, usualPeriodMs } from '../../../app/preview/preview-proposals.ts';
import { Refusal } from '../../../app/refusal.ts';
import { AccordCommand } from '../../../cli/accord-command.ts';
import { connectionFlags, storeFlag } from '../../../cli/connection-flags.ts';
import { parsePeriod } from '../../../cli/parse-period.ts';
import { periodWords } from '../../../cli/period-words.ts';
import { previewTables } from '../../../cli/preview-tables.ts';
import { readInput } from '../../../cli/read-input.ts';
import { stopSignal } from '../../../cli/stop-signal.ts';
import type { PreviewResult } from '../../../domain/preview/preview-result.ts';
import { type Dimension, dimensions } from '../../../domain/preview/tally.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.agreement.preview');

export type AgreementPreviewResult = PreviewResult & {
  /** Id of the preview in the org; null when it was not saved. */
  readonly saved: string | null;
};

export default class AgreementPreview extends AccordCommand<AgreementPreviewResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly args = {
    file: Args.string({ description: messages.getMessage('args.file.summary') }),
  };
  public static override readonly flags = {
    ...connectionFlags,
    ...storeFlag,
    version: Flags.integer({ min: 1, summary: messages.getMessage('flags.version.summary') }),
    against: Flags.string({ default: 'current', summary: messages.getMessage('flags.against.summary') }),
    last: Flags.string({ summary: messages.getMessage('flags.last.summary'), exclusive: ['from'] }),
    from: Flags.string({ summary: messages.getMessage('flags.from.summary') }),
    to: Flags.string({ summary: messages.getMessage('flags.to.summary') }),
    by: Flags.option({
      multiple: true,
      delimiter: ',',
      options: dimensions,
      default: [],
      summary: messages.getMessage('flags.by.summary'),
    })(),
    save: Flags.boolean({ default: false, summary: messages.getMessage('flags.save.summary') }),
  };

  public async run(): Promise<AgreementPreviewResult> {
    const { args, flags } = await this.parse(AgreementPreview);
    await using services = await this.connect(flags);
    const versions = await readJudgedVersions(services.crm);
    const proposed =
      args.file === undefined
        ? chooseProposed(versions, flags.version)
        : chooseFile(readAgreementFile(await readInput(args.file, 'agreement-file'), basename(args.file)), versions);
    const period = parsePeriod(flags, proposed.agreement.timeZone, services.clock.now(), usualPeriodMs);
    const against = chooseAgainst(versions, parseAgainst(flags.against), proposed, period.to);
    const store = await services.findStore();
    if (!store)
      throw new Refusal('not-synced', 'There is no store of this org here, so there is no history to replay.');
    const counter = await services.previewCounter(store);
    const request = { proposed, against, ...period, stop: stopSignal() };
    const result = await previewAgreement({ ...services, store, counter }, request);
    this.#print(result, flags.by);
    if (!flags.save) return { ...result, saved: null };
    const saved = await savePreviewOf(services.crm, proposed, against, result);
    this.log(messages.getMessage('info.saved', [saved]));
    return { ...result, saved };
  }

  #print(result: PreviewResult, by: readonly Dimension[]): void {
    this.log(result.headline);
    this.log(messages.getMessage('info.period', [...periodWords(result), result.people.toLocaleString('en-US')]));
    for (const { title, columns, rows } of previewTables(result, by)) {
      if (rows.length > 0)
        this.table({ title, columns: columns.map(({ key, name }) => ({ key, name })), data: [...rows] });
    }
    if (result.findings.length > 0) this.log('');
    this.logLines(result.findings.map((finding) => `• ${finding}`));
  }
}

function parseAgainst(text: string): Against {
  if (text === 'current' || text === 'none') return text;
  const version = Number(text.replace(/^v/, ''));
  if (Number.isInteger(version) && version > 0) return version;
  throw new Refusal('unknown-name', `--against takes current, none or the number of a version, not "${text}".`);
}
