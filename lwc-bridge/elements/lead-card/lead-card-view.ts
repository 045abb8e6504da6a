import type { Counterfactual, Receipt, ReceiptDefinition } from '../../../src/domain/verdict/decision.ts';
import { parseReceipt } from '../../../src/domain/verdict/parse-receipt.ts';
import { whySentence } from '../../../src/domain/verdict/why-sentence.ts';
import type { LeadCardAgreement, LeadCardData, LeadCardState, LeadCardUnshared } from '../../port/lead-card.ts';
import { type ClauseRow, toClauseRows } from './clause-rows.ts';
import { toViewerReceipt, type ViewerValues } from '../../../src/domain/verdict/viewer-receipt.ts';

/** What the card shows, decided before any markup. */
export type LeadCardView =
  | { readonly kind: 'loading' }
  | { readonly kind: 'none' }
  | { readonly kind: 'no-access' }
  | { readonly kind: 'failed'; readonly problem: string }
  | ({ readonly kind: 'not-shared' } & LeadCardUnshared)
  | LeadVerdictView;

export type LeadVerdictView = {
  readonly kind: 'verdict';
  readonly stageTitle: string;
  readonly why: string;
  readonly since: string | undefined;
  readonly current: DefinitionView;
  readonly next: DefinitionView | undefined;
  /** What would make the next stage's definition hold; undefined where this user may not see all of it. */
  readonly wouldHold: Counterfactual | undefined;
  readonly agreement: LeadCardAgreement;
  readonly decidedAt: string;
  readonly notice: 'converted' | 'stale' | 'checking' | undefined;
};

export type DefinitionView = {
  readonly title: string;
  readonly rows: readonly ClauseRow[];
  /** All facts that decide, and how many of them this user may not see. */
  readonly facts: number;
  readonly hidden: number;
  /** Clauses that the receipt had no room for. */
  readonly omitted: number;
};

/** The service looks again within seconds of `validUntil`; later than this it is not running. */
const OVERDUE_AFTER_MS = 15 * 60_000;

/**
 * Decides what the card shows of one lead.
 *
 * A clause on a field that the user may not read counts as withheld, here and in the sentence that says why, so that
 * its outcome cannot be told from the rest. A receipt that cannot be read is a failure, never an empty card.
 */
export function toLeadCardView(data: LeadCardData, now: number): LeadCardView {
  if (data.status === 'failed') return { kind: 'failed', problem: data.problem };
  if (data.status === 'not-shared') return { kind: 'not-shared', stageTitle: data.stageTitle, inQueue: data.inQueue };
  if (data.status !== 'ready') return { kind: data.status };
  const receipt = parseReceipt(data.receipt);
  if (receipt) return toVerdictView(data, receipt, now);
  return { kind: 'failed', problem: 'Its reasons were written in a form that this page cannot read. Reload the page.' };
}

function toVerdictView(state: LeadCardState, receipt: Receipt, now: number): LeadVerdictView {
  const { id: stage, title } = receipt.stage;
  const [current = { stage, title, clauses: [], withheld: 0 }, next] = receipt.definitions;
  const shown = toViewerReceipt(receipt, state.values);
  return {
    kind: 'verdict',
    stageTitle: title,
    why: whySentence(shown),
    since: state.since,
    current: toDefinitionView(current, state.values),
    next: next && toDefinitionView(next, state.values),
    wouldHold: state.converted ? undefined : shown.definitions[1]?.wouldHold,
    agreement: state.agreement ?? { name: receipt.agreement.name, version: receipt.agreement.version },
    decidedAt: receipt.decidedAt,
    notice: toNotice(state, now),
  };
}

function toDefinitionView(definition: ReceiptDefinition, values: ViewerValues): DefinitionView {
  const { title, withheld, omitted = 0 } = definition;
  const rows = toClauseRows(definition, values);
  const hidden = withheld + rows.filter((row) => row.standing === 'hidden').length;
  return { title, rows, facts: rows.length + withheld + omitted, hidden, omitted };
}

function toNotice(state: LeadCardState, now: number): LeadVerdictView['notice'] {
  if (state.converted) return 'converted';
  if (state.checking) return 'checking';
  return state.validUntil && Date.parse(state.validUntil) + OVERDUE_AFTER_MS < now ? 'stale' : undefined;
}
