import { canonicalJson } from '../canonical-json.ts';
import { type Change, isList, isObject, type Json, type JsonObject, type Path } from './change.ts';
import { itemKeys } from './item-keys.ts';

/** Lists what leads from one document to another; `applyChanges` takes these steps. */
export function diffDocuments(before: Json, after: Json, path: Path = []): readonly Change[] {
  if (isSame(before, after)) return [];
  if (before === undefined) return [{ kind: 'add', path, to: after }];
  if (after === undefined) return [{ kind: 'remove', path, from: before }];
  if (isObject(before) && isObject(after)) return diffObjects(before, after, path);
  if (isList(before) && isList(after)) return diffLists(before, after, path);
  return [{ kind: 'set', path, from: before, to: after }];
}

/** Whether two values say the same, whatever the order of their properties. */
export function isSame(a: Json, b: Json): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a === b || canonicalJson(a) === canonicalJson(b);
}

function diffObjects(before: JsonObject, after: JsonObject, path: Path): readonly Change[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => diffDocuments(own(before, name), own(after, name), [...path, name]));
}

function diffLists(before: readonly Json[], after: readonly Json[], path: Path): readonly Change[] {
  const old = keyed(before);
  const next = keyed(after);
  const keys = [...old.keys(), ...[...next.keys()].filter((key) => !old.has(key))];
  const changes = keys.flatMap((item) => diffDocuments(old.get(item), next.get(item), [...path, { item }]));
  const from = keys.filter((key) => next.has(key));
  const to = [...next.keys()];
  const isMoved = from.some((key, index) => key !== to[index]);
  return isMoved ? [...changes, { kind: 'order', path, from, to }] : changes;
}

/** The items of a list by their keys, in the order of the list. */
export function keyed(list: readonly Json[]): ReadonlyMap<string, Json> {
  const keys = itemKeys(list);
  return new Map(list.map((item, index) => [keys[index] ?? '', item]));
}

/** A property of the object itself: `constructor` is none of a document's. */
export const own = (object: JsonObject, name: string): Json => (Object.hasOwn(object, name) ? object[name] : undefined);
