import type { PersonHistory, PersonObject, Timeline } from '../timeline/timeline.ts';
import { timelineAt } from '../timeline/timeline-at.ts';
import { met, unknown, type OutcomeCode } from '../verdict/outcome-code.ts';

/** What the agreement calls a success, ready to be looked up for any number of people. */
export type SuccessRule = {
  readonly kind: 'converted' | 'won' | 'definition';
  /** Judges a definition of success at an instant; only of that kind. */
  readonly judge?: (timeline: Timeline, at: number) => OutcomeCode;
  /** Milliseconds in which the success must come; undefined waits for ever. */
  readonly within: number | undefined;
  /** The field that says what a success is worth. */
  readonly value: { readonly object: PersonObject; readonly field: string } | undefined;
};

/** `open` is a person whose time to succeed is not over yet. */
export type Standing = 'succeeded' | 'failed' | 'open' | 'unknown';

/** Whether and when a person succeeded; without `at` the instant is not known. */
export type Success = { readonly happened: boolean | undefined; readonly at?: number };

/** Finds the success of a person in all that is known until `asOf`; a definition is judged by `standingOf`. */
export function findSuccess(rule: SuccessRule, history: PersonHistory, asOf: number): Success {
  if (rule.kind === 'definition') {
    const code = rule.judge?.(history, asOf) ?? unknown;
    return { happened: code === unknown ? undefined : code === met };
  }
  const found = rule.kind === 'converted' ? findConversion(history) : findWin(history);
  return found.at !== undefined && found.at > asOf ? { happened: false } : found;
}

/** How a person stands who has had since `begin` to succeed. */
export function standingOf(
  rule: SuccessRule,
  history: PersonHistory,
  success: Success,
  begin: number,
  asOf: number,
): Standing {
  const deadline = begin + (rule.within ?? Infinity);
  if (rule.kind === 'definition' && deadline < asOf) {
    const code = rule.judge?.(timelineAt(history, deadline), deadline) ?? unknown;
    return code === unknown ? 'unknown' : code === met ? 'succeeded' : 'failed';
  }
  if (success.happened === undefined) return 'unknown';
  if (success.happened && (success.at === undefined || success.at <= deadline)) return 'succeeded';
  return rule.within !== undefined && asOf < deadline ? 'open' : 'failed';
}

/** Which record says what a success is worth, and how much it says. */
export type Worth = {
  /** Several people may have been converted to one opportunity, which is worth its amount once. */
  readonly recordId: string;
  /** In hundredths, since whole numbers add up in any order alike; null where the record does not say. */
  readonly amount: number | null;
};

/** What a person's success is worth; undefined where the agreement does not say where that stands. */
export function worthOf({ value }: SuccessRule, history: PersonHistory): Worth | undefined {
  if (!value) return undefined;
  const values = value.object === 'Lead' ? undefined : history.related?.[value.object];
  const amount = (value.object === 'Lead' ? history.fields : values)?.[value.field];
  return {
    recordId: String(values?.['Id'] ?? history.personId),
    amount: typeof amount === 'number' ? Math.round(amount * 100) : null,
  };
}

function findConversion({ fields, relatedSince, changes }: PersonHistory): Success {
  if (relatedSince !== undefined) return { happened: true, at: relatedSince };
  const converted = fields['IsConverted'];
  if (typeof converted !== 'boolean') return { happened: undefined };
  if (!converted) return { happened: false };
  const change = changes.find((each) => each.object === 'Lead' && each.field === 'IsConverted' && each.to === true);
  return happenedAt(change?.at ?? instantOf(fields['ConvertedDate']));
}

function findWin({ fields, related, changes }: PersonHistory): Success {
  const opportunity = related?.Opportunity;
  if (!opportunity) return { happened: typeof fields['IsConverted'] === 'boolean' || related ? false : undefined };
  if (typeof opportunity['IsWon'] !== 'boolean') return { happened: undefined };
  if (!opportunity['IsWon']) return { happened: false };
  const moves = changes.filter((each) => each.object === 'Opportunity' && ['IsWon', 'StageName'].includes(each.field));
  const last = Math.max(...moves.map(({ at }) => at));
  return happenedAt(Number.isFinite(last) ? last : instantOf(opportunity['CloseDate']));
}

const happenedAt = (at: number | undefined): Success => ({ happened: true, ...(at !== undefined && { at }) });

const instantOf = (value: unknown): number | undefined => {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
};
