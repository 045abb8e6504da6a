import { Args } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { basename } from 'node:path';
import { readJudgedVersions } from '../../../app/agreement/judged-versions.ts';
import { readAgreementFile } from '../../../app/agreement/read-agreement-file.ts';
import { chooseFile, chooseStanding } from '../../../app/preview/choose-versions.ts';
import { suggestChanges } from '../../../app/preview/suggest-changes.ts';
import { Refusal } from '../../../app/refusal.ts';
import { AccordCommand } from '../../../cli/accord-command.ts';
import { connectionFlags, storeFlag } from '../../../cli/connection-flags.ts';
import { parsePeriod } from '../../../cli/parse-period.ts';
import { shareText } from '../../../cli/preview-tables.ts';
import { readInput } from '../../../cli/read-input.ts';
import { stopSignal } from '../../../cli/stop-signal.ts';
import type { Suggestion, Suggestions } from '../../../domain/suggest/suggest.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.agreement.suggest');

export type AgreementSuggestResult = Suggestions;

const yearMs = 365 * 86_400_000;

export default class AgreementSuggest extends AccordCommand<AgreementSuggestResult> {
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
    last: Flags.string({ summary: messages.getMessage('flags.last.summary') }),
  };

  public async run(): Promise<AgreementSuggestResult> {
    const { args, flags } = await this.parse(AgreementSuggest);
    await using services = await this.connect(flags);
    const versions = await readJudgedVersions(services.crm);
    const proposed =
      args.file === undefined
        ? chooseStanding(versions, flags.version)
        : chooseFile(readAgreementFile(await readInput(args.file, 'agreement-file'), basename(args.file)), versions);
    const period = parsePeriod(flags, proposed.agreement.timeZone, services.clock.now(), yearMs);
    const store = await services.findStore();
    if (!store)
      throw new Refusal('not-synced', 'There is no store of this org here, so there is no history to look at.');
    const found = await suggestChanges({ ...services, store }, { proposed, ...period, stop: stopSignal() });
    this.#print(found);
    return found;
  }

  #print({ people, tried, now, suggestions }: Suggestions): void {
    this.log(
      messages.getMessage('info.now', [
        people.toLocaleString('en-US'),
        shareText(now.precision),
        shareText(now.recall),
      ]),
    );
    if (suggestions.length === 0) this.log(messages.getMessage('info.none', [tried]));
    for (const suggestion of suggestions) this.#printOne(suggestion);
    if (suggestions.length > 0) this.log(`\n${messages.getMessage('info.caution')}`);
  }

  #printOne({ change, tested, found, evidence }: Suggestion): void {
    const points = (part: number): string => (part * 100).toFixed(1);
    this.log(`\n${change}`);
    this.log(
      messages.getMessage('info.precision', [shareText(tested.before.precision), shareText(tested.after.precision)]),
    );
    this.log(messages.getMessage('info.recall', [shareText(tested.before.recall), shareText(tested.after.recall)]));
    this.log(messages.getMessage('info.moved', [shareText(tested.dropped), shareText(tested.added)]));
    this.log(
      messages.getMessage('info.evidence', [points(evidence.value), points(evidence.low), points(evidence.high)]),
    );
    this.log(messages.getMessage('info.found', [shareText(found.before.precision), shareText(found.after.precision)]));
  }
}
