import type { PersonHistory } from '../timeline/timeline.ts';
import type { PreviewRules } from './preview-rules.ts';

const none: readonly string[] = [];

/**
 * The fields whose value at an instant is taken from today, because nothing tells what it was.
 *
 * A field's past is known from where its changes are recorded on. When the lead was last modified tells nothing: the
 * service's own writes move that date, and it says nothing of what the lead was converted to.
 */
export function restingFields(rules: PreviewRules, history: PersonHistory, at: number): readonly string[] {
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
