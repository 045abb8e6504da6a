import { fieldName } from '../../domain/agreement/fact-source.ts';
import type {
  Counterfactual,
  Outcome,
  Receipt,
  ReceiptClause,
  ScoreLineResult,
} from '../../domain/verdict/decision.ts';
import { clauseStanding } from '../../domain/verdict/clause-standing.ts';
import { parseReceipt } from '../../domain/verdict/parse-receipt.ts';
import { fieldsOf, toViewerReceipt } from '../../domain/verdict/viewer-receipt.ts';
import { whySentence } from '../../domain/verdict/why-sentence.ts';
import type { Clock, Crm, CrmRecord, CrmValue } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { quoted } from '../ports/soql-text.ts';
import { titleOf } from '../agreement/version-title.ts';
import { differenceTo } from './difference-to.ts';
import { judgeLive, judgePast } from './judge-live.ts';
import type { Verdict } from './verdict.ts';

export type ExplainedClause = {
  readonly sentence: string;
  readonly outcome: Outcome;
  /** Whether the condition speaks for its definition: in a group such as `none` it does so by not being met. */
  readonly standing: Outcome;
  readonly group: string;
  /** Where the value comes from: a field of the lead, or a kind of event. */
  readonly source: string;
  /** The value today as the caller may see it; null is blank, absent when the caller may not see the field. */
  readonly value?: CrmValue;
  /** When the latest event that counted happened, ISO; of a time in a stage, when it began. */
  readonly latestAt?: string;
  /** When the value arose, ISO, where the history knows it. */
  readonly changedAt?: string;
  /** What each line of a score came to. */
  readonly lines?: readonly ScoreLineResult[];
};

export type ExplainedDefinition = {
  readonly stage: string;
  readonly title: string;
  readonly outcome: Outcome | null;
  readonly clauses: readonly ExplainedClause[];
  /** Clauses on restricted facts, which are not shown to anybody. */
  readonly withheld: number;
  /** What would make the definition hold; absent where it holds, where nothing would, or where the caller may not see all of it. */
  readonly wouldHold?: Counterfactual;
};

export type Explanation = {
  readonly leadId: string;
  readonly lead: string;
  /** `recorded` is what the service wrote; `live` and `past` are judged now with what the caller can read. */
  readonly from: Verdict['from'];
  readonly agreement: { readonly name: string; readonly version: number; readonly hash: string };
  readonly stage: { readonly id: string; readonly title: string };
  readonly why: string;
  /** When the stage began; null for a verdict that is not recorded. */
  readonly since: string | null;
  readonly decidedAt: string;
  readonly validUntil: string | null;
  /** What the reader must know besides, such as that the version has expired since. */
  readonly notices: readonly string[];
  readonly definitions: readonly ExplainedDefinition[];
};

export type ExplainOptions = {
  /** Judges now instead of showing what was recorded. */
  readonly live: boolean;
  /** Judges what the lead was at this instant of the past, epoch ms, by the version that was in force then. */
  readonly at?: number | undefined;
};

/** Explains the stage of a lead, with the values that the signed-in user may see. */
export async function explainLead(
  ports: { readonly crm: Crm; readonly clock: Clock },
  leadId: string,
  options: ExplainOptions,
): Promise<Explanation> {
  const { crm } = ports;
  if (!/^00Q\w{12}(\w{3})?$/.test(leadId)) {
    throw new Refusal(
      'lead-not-found',
      `"${leadId}" is not the id of a lead: it has 15 or 18 characters and begins with 00Q.`,
    );
  }
  const [lead] = await crm.query(`SELECT Id, Name FROM Lead WHERE Id = ${quoted(leadId)}`);
  if (!lead) throw new Refusal('lead-not-found', `There is no lead ${leadId} that you can see.`);
  const id = String(lead['Id']);
  const verdict = await verdictOf(ports, id, options);
  // What was true then is shown with the values of then.
  const known = verdict.from === 'past' ? verdict.values : undefined;
  const values = known ?? (await readValues(crm, id, verdict.receipt));
  const { receipt, why } = verdict.from === 'recorded' ? asSeenBy(values, verdict) : verdict;
  const differs = verdict.from === 'live' ? await differenceTo(crm, id, verdict) : [];
  return {
    leadId: id,
    lead: String(lead['Name'] ?? ''),
    from: verdict.from,
    agreement: receipt.agreement,
    stage: receipt.stage,
    why,
    since: verdict.since,
    decidedAt: receipt.decidedAt,
    validUntil: verdict.validUntil,
    notices: [...(verdict.notices ?? []), ...differs],
    definitions: receipt.definitions.map((each) => ({
      stage: each.stage,
      title: each.title,
      outcome: each.outcome ?? null,
      withheld: each.withheld,
      clauses: each.clauses.map((clause) => toClause(clause, values)),
      ...(each.wouldHold && { wouldHold: each.wouldHold }),
    })),
  };
}

async function verdictOf(
  { crm, clock }: { readonly crm: Crm; readonly clock: Clock },
  id: string,
  { live, at }: ExplainOptions,
): Promise<Verdict> {
  if (at === undefined) return live ? judgeLive(crm, clock.now(), id) : recordedVerdict(crm, clock.now(), id);
  if (at <= clock.now()) return judgePast(crm, at, id);
  throw new Refusal('lead-not-found', `${new Date(at).toISOString()} has not come yet.`);
}

/** What was recorded for all, without the clauses on fields that this user may not read; live ones are unknown anyway. */
function asSeenBy(values: CrmRecord, { receipt, why }: Verdict): Pick<Verdict, 'receipt' | 'why'> {
  const readable = Object.fromEntries(Object.keys(values).map((name) => [`Lead.${name}`, '']));
  const shown = toViewerReceipt(receipt, readable);
  return {
    receipt: shown,
    why: shown.definitions.every((each, at) => each === receipt.definitions[at]) ? why : whySentence(shown),
  };
}

async function recordedVerdict(crm: Crm, now: number, leadId: string): Promise<Verdict> {
  const [state] = await crm.query(
    'SELECT Stage_Title__c, Since__c, Why__c, Receipt__c, Valid_Until__c, Agreement__r.Status__c, ' +
      `Agreement__r.Expires_On__c FROM Accord_Lead_State__c WHERE Lead_Id__c = ${quoted(leadId)}`,
  );
  const receipt = parseReceipt(textOf(state?.['Receipt__c']));
  if (!state || !receipt) {
    throw new Refusal('no-agreement', `Nothing is recorded for the lead ${leadId} that you can see.`);
  }
  return {
    from: 'recorded',
    receipt,
    why: textOf(state['Why__c']) ?? '',
    since: textOf(state['Since__c']) ?? null,
    validUntil: textOf(state['Valid_Until__c']) ?? null,
    notices: noLongerKept(state, receipt, now),
  };
}

/** A record outlives the version that decided it: nobody judges anew while none is in force. */
function noLongerKept(state: CrmRecord, { agreement }: Receipt, now: number): readonly string[] {
  const title = titleOf(agreement);
  const status = textOf(state['Agreement__r.Status__c']);
  const expiresOn = textOf(state['Agreement__r.Expires_On__c']);
  if (status === 'Expired' || (status === 'In Force' && expiresOn && Date.parse(expiresOn) <= now)) {
    const when = expiresOn ? ` on ${new Date(expiresOn).toISOString()}` : '';
    return [`${title} has expired${when}: this is what was decided last, and nothing is decided by it any more.`];
  }
  if (status === 'Superseded')
    return [`${title} has been superseded: the service has not decided by its successor yet.`];
  return [];
}

/** Only fields that the user's describe shows are read, so a hidden one is absent instead of failing the query. */
async function readValues(crm: Crm, leadId: string, { definitions }: Receipt): Promise<CrmRecord> {
  const sources = definitions.flatMap(({ clauses }) => clauses.map((clause) => clause.source));
  const ofLead = sources.flatMap(fieldsOf).filter((field) => field.startsWith('Lead.'));
  const wanted = new Set(ofLead.map(fieldName));
  const visible = (await crm.describe('Lead'))?.fields.map((field) => field.name).filter((name) => wanted.has(name));
  if (!visible?.length) return {};
  const [record] = await crm.query(`SELECT ${visible.join(', ')} FROM Lead WHERE Id = ${quoted(leadId)}`);
  return Object.fromEntries(visible.map((name) => [name, record?.[name] ?? null]));
}

function toClause({ sentence, outcome, group, source }: ReceiptClause, values: CrmRecord): ExplainedClause {
  const base = { sentence, outcome, standing: clauseStanding({ group, outcome }), group };
  if (source.kind === 'events')
    return { ...base, source: source.event, ...(source.latestAt && { latestAt: source.latestAt }) };
  if (source.kind === 'stage') return { ...base, source: 'stage', ...(source.since && { latestAt: source.since }) };
  if (source.kind === 'score') return { ...base, source: 'score', lines: source.lines };
  const value = source.field.startsWith('Lead.') ? values[fieldName(source.field)] : undefined;
  const { changedAt } = source;
  return { ...base, source: source.field, ...(value !== undefined && { value }), ...(changedAt && { changedAt }) };
}

const textOf = (value: CrmValue | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
