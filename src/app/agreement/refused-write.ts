import type { WriteResult } from '../ports.ts';
import { Refusal, type RefusalKey } from '../refusal.ts';

/** Salesforce's words and codes for a user who lacks a right, to the object or to a field of it. */
const lacksRight = /entity type cannot be|INSUFFICIENT_ACCESS|INVALID_FIELD_FOR_INSERT_UPDATE/;

/**
 * Says why the org did not take a record: `text` names what it was to become.
 *
 * Who lacks the right is told whom to ask, by the permission sets that give it; any other refusal has the key given.
 */
export function refusedWrite(
  result: WriteResult | undefined,
  { text, key, sets }: { readonly text: string; readonly key: RefusalKey; readonly sets: readonly string[] },
): Refusal {
  const reason = result && !result.success ? result.reason : 'the org gave no answer';
  if (!lacksRight.test(reason)) return new Refusal(key, `${text}: ${reason}`);
  return new Refusal('not-permitted', `${text}: your user lacks the right, which ${oneOf(sets)}.`);
}

const oneOf = (sets: readonly string[]): string =>
  sets.length === 1 ? `the permission set ${sets[0]} gives` : `each of these permission sets gives: ${sets.join(', ')}`;
