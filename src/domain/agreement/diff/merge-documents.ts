import { isList, isObject, type Json, type JsonObject, type Path, pathWords } from './change.ts';
import { isSame, keyed, own } from './diff-documents.ts';

/** A place that both sides have changed, and differently. */
export type Conflict = {
  readonly path: string;
  readonly base: Json;
  readonly ours: Json;
  readonly theirs: Json;
};

export type Merge = { readonly merged: Json; readonly conflicts: readonly Conflict[] };

/**
 * Joins what two sides have made of one document.
 *
 * A place that one side alone has changed, or both alike, takes the change; any other is a conflict, and then `merged`
 * holds our side there.
 */
export function mergeDocuments(base: Json, ours: Json, theirs: Json, path: Path = []): Merge {
  if (isSame(ours, theirs) || isSame(base, theirs)) return { merged: ours, conflicts: [] };
  if (isSame(base, ours)) return { merged: theirs, conflicts: [] };
  if (isObject(base) && isObject(ours) && isObject(theirs)) return mergeObjects(base, ours, theirs, path);
  if (isList(base) && isList(ours) && isList(theirs)) return mergeLists(base, ours, theirs, path);
  return { merged: ours, conflicts: [{ path: pathWords(path), base, ours, theirs }] };
}

function mergeObjects(base: JsonObject, ours: JsonObject, theirs: JsonObject, path: Path): Merge {
  const names = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])];
  const parts = names.map(
    (name) => [name, mergeDocuments(own(base, name), own(ours, name), own(theirs, name), [...path, name])] as const,
  );
  const merged = parts.map(([name, part]) => [name, part.merged] as const).filter(([, value]) => value !== undefined);
  return { merged: Object.fromEntries(merged), conflicts: parts.flatMap(([, part]) => part.conflicts) };
}

function mergeLists(base: readonly Json[], ours: readonly Json[], theirs: readonly Json[], path: Path): Merge {
  const [old, mine, other] = [keyed(base), keyed(ours), keyed(theirs)];
  const conflict = { path: pathWords(path), base, ours, theirs };
  // Items that are told apart by counting only may be different items on both sides.
  if ([...old.keys(), ...mine.keys(), ...other.keys()].some(isCounted)) return { merged: ours, conflicts: [conflict] };
  const order = mergeOrder([...old.keys()], [...mine.keys()], [...other.keys()]);
  if (!order) return { merged: ours, conflicts: [conflict] };
  const parts = order.map((item) =>
    mergeDocuments(old.get(item), mine.get(item), other.get(item), [...path, { item }]),
  );
  return {
    merged: parts.map((part) => part.merged).filter((item) => item !== undefined),
    conflicts: parts.flatMap((part) => part.conflicts),
  };
}

const isCounted = (key: string): boolean => /(^|[^#])(##)*#[0-9]/.test(key);

/** The order of all items; undefined where both sides have moved items that they share. */
function mergeOrder(
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
): readonly string[] | undefined {
  const common = new Set(base.filter((key) => ours.includes(key) && theirs.includes(key)));
  const kept = (keys: readonly string[]): string => JSON.stringify(keys.filter((key) => common.has(key)));
  const movedByUs = kept(ours) !== kept(base);
  const movedByThem = kept(theirs) !== kept(base);
  if (movedByUs && movedByThem && kept(ours) !== kept(theirs)) return undefined;
  const [first, second] = movedByThem ? [theirs, ours] : [ours, theirs];
  return second.reduce<readonly string[]>((order, key, index) => {
    if (order.includes(key)) return order;
    const before = second.slice(0, index).findLast((each) => order.includes(each));
    return order.toSpliced(before === undefined ? 0 : order.indexOf(before) + 1, 0, key);
  }, first);
}
