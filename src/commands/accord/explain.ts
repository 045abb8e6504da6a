import { Args } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { explainLead, type ExplainedClause, type Explanation } from '../../app/explain/explain-lead.ts';
import { AccordCommand } from '../../cli/accord-command.ts';
import { connectionFlags } from '../../cli/connection-flags.ts';
import { counterfactualText } from '../../domain/verdict/counterfactual-text.ts';
import type { ScoreLineResult } from '../../domain/verdict/decision.ts';
import { parseInstant } from '../../cli/parse-instant.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.explain');

export type ExplainResult = Explanation;

const signs = { met: '✓', 'not-met': '✗', unknown: '?' } as const;

export default class Explain extends AccordCommand<ExplainResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly args = {
    lead: Args.string({ required: true, description: messages.getMessage('args.lead.summary') }),
  };
  public static override readonly flags = {
    ...connectionFlags,
    live: Flags.boolean({ default: false, summary: messages.getMessage('flags.live.summary') }),
    at: Flags.string({ exclusive: ['live'], summary: messages.getMessage('flags.at.summary') }),
  };

  public async run(): Promise<ExplainResult> {
    const { args, flags } = await this.parse(Explain);
    const at = flags.at === undefined ? undefined : Date.parse(parseInstant(flags.at, '--at'));
    await using services = await this.connect(flags);
    const explained = await explainLead(services, args.lead, { live: flags.live, at });
    this.#print(explained);
    return explained;
  }

  #print({ lead, leadId, stage, why, agreement, since, decidedAt, from, notices, definitions }: Explanation): void {
    this.log(`${lead} (${leadId})\n${why}\n`);
    if (since) this.log(messages.getMessage('info.since', [stage.title, since]));
    this.log(messages.getMessage(`info.${from}`, [agreement.name, agreement.version, decidedAt]));
    this.logLines(notices.map((notice) => `! ${notice}`));
    for (const { title, outcome, clauses, withheld, wouldHold } of definitions) {
      this.log(`\n${outcome ? signs[outcome] : '·'} ${title}`);
      this.logLines(clauses.flatMap((clause) => [clauseLine(clause), ...(clause.lines ?? []).map(scoreLine)]));
      if (withheld > 0) this.log(`  · ${messages.getMessage('info.withheld', [withheld])}`);
      if (wouldHold) this.log(`  → ${counterfactualText(title, wouldHold, (iso) => iso.slice(0, 10))}`);
    }
  }
}

function scoreLine({ sentence, outcome, points }: ScoreLineResult): string {
  const given = outcome === 'unknown' ? `up to ${points}` : `${points > 0 ? '+' : ''}${points}`;
  return `      ${signs[outcome]} ${given}: ${sentence}`;
}

function clauseLine({ sentence, standing, group, source, value, latestAt, changedAt }: ExplainedClause): string {
  const shown = value === null ? 'blank' : value;
  const evidence = [source, shown, latestAt ?? changedAt].filter((each) => each !== undefined).join(', ');
  const counts = group === 'all' ? '' : `${group === 'none' ? 'not' : group}: `;
  return `  ${signs[standing]} ${counts}${sentence} (${evidence})`;
}
