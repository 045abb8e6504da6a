import { Document, isMap, isPair, isScalar, isSeq, type Pair } from 'yaml';
import type { Agreement, Fact } from '../../domain/agreement/schema.ts';
import { draftStages, handOffStage, statusFact } from './draft-stages.ts';
import type { OrgProcess } from './org-process.ts';
import type { ScoreFacts } from './score-facts.ts';

export type DraftInput = {
  readonly name: string | undefined;
  readonly org: OrgProcess | undefined;
  readonly scores: ScoreFacts | undefined;
  /** Name of the score table, for comments. */
  readonly scoresFile: string;
  /** Points that make a lead qualified. */
  readonly threshold: number;
};

export type Draft = { readonly agreement: Agreement; readonly text: string };

/** Facts that a draft reads of the org itself, by the names that a score table may use, too. */
export const orgFacts = (org: OrgProcess | undefined): Readonly<Record<string, Fact>> => ({
  ...((org?.statuses.length ?? 0) > 1 && { [statusFact]: { field: 'Lead.Status', title: 'Lead status' } }),
});

/** Composes an agreement to edit from what an org and a score table say, with comments that tell where each part is from. */
export function draftAgreement(input: DraftInput): Draft {
  const { org, scores, threshold } = input;
  const score = scores?.total === undefined ? undefined : { fact: scores.total, threshold };
  const { stages, notes } = draftStages({ statuses: org?.statuses ?? [], score });
  const handOff = handOffStage({ stages: [...stages] });
  const agreement: Agreement = {
    accord: 1,
    name: draftName(input),
    timeZone: org?.timeZone ?? 'UTC',
    parties: draftParties(org),
    highestMode: 'observe',
    facts: { ...orgFacts(org), ...scores?.facts },
    stages: [...stages],
    ...(handOff && { process: { handOff: { stage: handOff, requires: 'owner' } } }),
    rhythm: { expires: '90 days', review: 'monthly' },
    outcome: { success: 'converted' },
  };
  return { agreement, text: toText(agreement, input, notes) };
}

const draftName = ({ name, org }: DraftInput): string =>
  (name ?? (org?.orgName ? `${org.orgName} revenue agreement` : 'Revenue agreement')).slice(0, 80);

const draftParties = (org: OrgProcess | undefined): Agreement['parties'] => ({
  marketing: { signers: signersOr(org?.signers.marketing, 'head.of.marketing@example.com') },
  sales: { signers: signersOr(org?.signers.sales, 'head.of.sales@example.com') },
});

const signersOr = (found: readonly string[] | undefined, example: string): string[] =>
  found && found.length > 0 ? [...found] : [example];

function toText(agreement: Agreement, input: DraftInput, stageNotes: ReadonlyMap<string, string>): string {
  const { org, scores } = input;
  const document = new Document(agreement);
  document.commentBefore = headLines(input)
    .map((line) => ` ${line}`)
    .join('\n');
  const note = (path: readonly (string | number)[], text: string | undefined): void => {
    if (text !== undefined) comment(document, path, text);
  };
  note(['timeZone'], org ? "From the org's default business hours." : 'Write the time zone that both teams work by.');
  note(['parties', 'marketing'], signerNote(org?.signers.marketing));
  note(['parties', 'sales'], signerNote(org?.signers.sales));
  note(['highestMode'], 'Start by measuring; a later version may allow advise and enforce.');
  for (const [name, text] of scores?.notes ?? []) note(['facts', name], `From ${text}.`);
  note(['facts'], sourceNote(org));
  for (const [at, { id }] of agreement.stages.entries()) note(['stages', at], `From ${stageNotes.get(id) ?? ''}.`);
  note(['process'], routingNote(org));
  note(['outcome'], convertedNote(org));
  return document.toString({ lineWidth: 120 });
}

function headLines({ org, scores, scoresFile }: DraftInput): readonly string[] {
  const from = [org && `the org ${org.orgName}`, scores && `the score table ${scoresFile}`]
    .filter(Boolean)
    .join(' and ');
  const left = scores?.leftOut ?? [];
  return [
    `A draft to edit, from ${from}. Nobody has agreed to it yet.`,
    ...(left.length > 0 ? ['Not taken over from the score table:'] : []),
    ...left.map(({ line, text, reason }) => `  line ${line} (${text}): ${reason}`.replace(/\s*[\r\n]+\s*/g, ' ')),
  ];
}

const signerNote = (found: readonly string[] | undefined): string =>
  found && found.length > 0
    ? 'Users who hold the permission set of a signer.'
    : 'An example: name the username or e-mail address of who signs.';

const sourceNote = (org: OrgProcess | undefined): string | undefined =>
  org && org.sources.length > 0
    ? `Leads by source: ${org.sources.map(({ name, leads }) => `${name} (${leads})`).join(', ')}.\n For segments by source, add leadSource: { field: Lead.LeadSource }.`
    : undefined;

function routingNote(org: OrgProcess | undefined): string | undefined {
  const lines = [
    ...(org && org.assignmentRules.length > 0
      ? [`The org routes leads by the assignment rule ${org.assignmentRules.join(', ')}; Accord leaves that alone.`]
      : []),
    ...(org && org.queues.length > 0
      ? [`Queues: ${org.queues.join(', ')}. A hand-off waits while a queue owns the lead.`]
      : []),
  ];
  return lines.length > 0 ? lines.join('\n ') : undefined;
}

function convertedNote(org: OrgProcess | undefined): string | undefined {
  const names = (org?.statuses ?? []).filter((each) => each.isConverted).map((each) => `"${each.name}"`);
  return names.length > 0 ? `Instead of the lead status ${names.join(', ')}: conversion is the success.` : undefined;
}

/** Writes a comment above a key, or above an entry of a list. */
function comment(document: Document, path: readonly (string | number)[], text: string): void {
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  const above = ` ${text}`;
  if (isSeq(parent) && typeof last === 'number') {
    const item = parent.items[last];
    if (isMap(item)) item.commentBefore = above;
    return;
  }
  const pair = isMap(parent) ? parent.items.find((each) => isPair(each) && keyOf(each) === last) : undefined;
  if (pair && isScalar(pair.key)) pair.key.commentBefore = above;
}

const keyOf = ({ key }: Pair): unknown => (isScalar(key) ? key.value : key);
