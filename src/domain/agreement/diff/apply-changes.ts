import { type Change, isList, isObject, type Json, type Path } from './change.ts';
import { keyed, own } from './diff-documents.ts';

/**
 * Takes the steps that `diffDocuments` found; the document itself is left as it is.
 *
 * Items are found by the keys that they have in the given document, so steps that were found for another document may
 * be taken as far as their paths exist in this one.
 */
export function applyChanges(document: Json, changes: readonly Change[]): Json {
  const here = changes.find(({ kind, path }) => path.length === 0 && kind !== 'order');
  if (here) return 'to' in here ? here.to : undefined;
  const inside = Map.groupBy(
    changes.filter(({ path }) => path.length > 0),
    ({ path }) => stepKey(path),
  );
  if (isList(document)) return applyToList(document, changes, inside);
  if (!isObject(document)) return document;
  const names = new Set([...Object.keys(document), ...inside.keys()]);
  const entries = [...names].map(
    (name) => [name, applyChanges(own(document, name), deeper(inside.get(name)))] as const,
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function applyToList(
  list: readonly Json[],
  changes: readonly Change[],
  inside: ReadonlyMap<string, readonly Change[]>,
): Json {
  const items = keyed(list);
  const keys = new Set([...items.keys(), ...inside.keys()]);
  const next = new Map([...keys].map((key) => [key, applyChanges(items.get(key), deeper(inside.get(key)))] as const));
  const order = changes.find(({ kind, path }) => kind === 'order' && path.length === 0);
  const ordered = order?.kind === 'order' ? [...new Set([...order.to, ...keys])] : [...keys];
  return ordered.map((key) => next.get(key)).filter((item) => item !== undefined);
}

const stepKey = ([step]: Path): string => (typeof step === 'object' ? step.item : (step ?? ''));

const deeper = (changes: readonly Change[] = []): readonly Change[] =>
  changes.map((change) => ({ ...change, path: change.path.slice(1) }));
