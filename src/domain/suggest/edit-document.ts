import type { DocumentPath } from '../agreement/walk-criteria.ts';

type Node = Record<string | number, unknown>;

/** A copy of a document in which the value at a path is another one. */
export function withValue<T>(document: T, path: DocumentPath, value: unknown): T {
  const copy = structuredClone(document);
  const [parent, last] = parentOf(copy, path);
  parent[last] = value;
  return copy;
}

/**
 * A copy of a document without the entry of a list at a path, and without the lists and groups that it leaves empty.
 *
 * Undefined where nothing would be left of a definition, or a count would ask for more than there is.
 */
export function withoutEntry<T>(document: T, path: DocumentPath): T | undefined {
  const copy = structuredClone(document);
  const [list, index] = parentOf(copy, path);
  if (!Array.isArray(list) || typeof index !== 'number') return undefined;
  list.splice(index, 1);
  return isWhole(copy, path.slice(0, -1), list) ? copy : undefined;
}

function isWhole(copy: unknown, listPath: DocumentPath, list: readonly unknown[]): boolean {
  if (listPath.at(-1) === 'of') {
    const [group] = parentOf(copy, listPath);
    return Number(group['n']) <= list.length && list.length > 0;
  }
  if (list.length > 0) return true;
  const [group, key] = parentOf(copy, listPath);
  delete group[key];
  return Object.keys(group).some((each) => each !== 'title');
}

function parentOf(document: unknown, path: DocumentPath): readonly [Node, string | number] {
  let node = document as Node;
  for (const step of path.slice(0, -1)) node = node[step] as Node;
  return [node, path.at(-1) ?? ''];
}
