import type { PersonHistory } from '../timeline/timeline.ts';
import type { PreviewRules } from './preview-rules.ts';

const none: readonly string[] = [];

/**
 * The fields whose value at an instant is taken from today, because nothing tells what it was.
 *
 * A field's past is known from where its changes are recorded on, and since the person was created or last modified.
 */
export function restingFields(rules: PreviewRules, history: PersonHistory, at: number): readonly string[] {
  const unchangedSince = instantOf(history.fields['LastModifiedDate']);
  if (unchangedSince !== undefined && unchangedSince <= at) return none;
  let found: string[] | undefined;
  for (const field of rules.fields) {
    const knownSince = rules.knownSince.get(field) ?? Infinity;
    if (knownSince <= at || knownSince <= history.createdAt) continue;
    if (!isRead(history, field) || history.changes.some((change) => `${change.object}.${change.field}` === field))
      continue;
    (found ??= []).push(field);
  }
  return found ?? none;
}

/** A field that cannot be read is unknown then as now, which rests on nothing. */
const isRead = ({ fields }: PersonHistory, path: string): boolean =>
  !path.startsWith('Lead.') || path.slice('Lead.'.length) in fields;

const instantOf = (value: unknown): number | undefined => {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
};
