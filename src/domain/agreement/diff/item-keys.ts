import { canonicalJson } from '../canonical-json.ts';
import { isObject, type Json } from './change.ts';

/**
 * Names the items of a list, so that the same item is found again in another version of the list.
 *
 * An item is named by its `id`, else by the fact or group that it is about, a plain value by itself. Items that would be
 * named alike are counted: `employees`, `employees#2`.
 */
export function itemKeys(list: readonly Json[]): readonly string[] {
  const seen = new Map<string, number>();
  return list.map((item) => {
    const name = nameOf(item);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}#${count}`;
  });
}

function nameOf(item: Json): string {
  if (!isObject(item)) return escaped(typeof item === 'string' ? item : canonicalJson(item));
  if (typeof item['id'] === 'string') return escaped(item['id']);
  const keys = Object.keys(item).toSorted();
  const each = item['each'];
  return escaped(typeof each === 'string' ? `each ${each}` : keys.join('+'));
}

/** Leaves `#` to the counting. */
const escaped = (name: string): string => name.replaceAll('#', '##');
