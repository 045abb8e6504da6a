import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  stringify,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Change, Json, Step } from '../../domain/agreement/diff/change.ts';
import { itemKeys } from '../../domain/agreement/diff/item-keys.ts';

/**
 * Takes the steps of a difference in the text of a YAML file, keeping its comments, its order and its layout.
 *
 * Where only single values change, nothing else in the text does. Aliases are not followed: the caller must compare what
 * the text says now with what it should say.
 */
export function editYaml(text: string, changes: readonly Change[]): string {
  if (changes.length === 0) return text;
  const document = parseDocument(text);
  const spliced = spliceScalars(text, document, changes);
  if (spliced !== undefined) return spliced;
  keepPadding(document, text);
  if (document.contents) edit(document, document.contents, changes);
  return document.toString({ lineWidth: 120 });
}

/** Undefined when a change is more than one plain value in the place of another. */
function spliceScalars(text: string, document: Document, changes: readonly Change[]): string | undefined {
  const edits: { readonly from: number; readonly to: number; readonly value: string }[] = [];
  for (const change of changes) {
    if (change.kind !== 'set') return undefined;
    const node = change.path.reduce<unknown>((parent, step) => childOf(document, parent, step), document.contents);
    const isBlock = isScalar(node) && node.type?.startsWith('BLOCK');
    if (!isScalar(node) || !node.range || isBlock || typeof change.to === 'object') return undefined;
    const style = node.type?.startsWith('QUOTE') ? node.type : 'PLAIN';
    const value = stringify(change.to, { defaultStringType: style as 'PLAIN', lineWidth: 0 }).trimEnd();
    // In a flow collection these would end the value.
    if (/[,[\]{}]/.test(value) && style === 'PLAIN') return undefined;
    edits.push({ from: node.range[0], to: node.range[1], value });
  }
  return edits
    .toSorted((a, b) => b.from - a.from)
    .reduce((done, { from, to, value }) => done.slice(0, from) + value + done.slice(to), text);
}

function childOf(document: Document, parent: unknown, step: Step): unknown {
  if (typeof step === 'string') return isMap(parent) ? parent.get(step, true) : undefined;
  return isSeq(parent) ? parent.items[keysOf(document, parent).indexOf(step.item)] : undefined;
}

const keysOf = (document: Document, list: YAMLSeq): readonly string[] => itemKeys(list.toJS(document) as Json[]);

/** Takes the changes at and below a collection. */
function edit(document: Document, node: unknown, changes: readonly Change[]): void {
  if (isMap(node)) editMap(document, node, changes);
  else if (isSeq(node)) editList(document, node, changes);
}

function editMap(document: Document, map: YAMLMap, changes: readonly Change[]): void {
  for (const [step, inside] of byStep(changes)) {
    const here = inside.find(({ path, kind }) => path.length === 1 && kind !== 'order');
    if (!here) edit(document, map.get(step, true), deeper(inside));
    else if (here.kind === 'remove') map.delete(step);
    else if (here.kind !== 'order') put(document, map, step, here.to);
  }
}

/** A plain value changes in its place, so that the comment beside it stays. */
function put(document: Document, map: YAMLMap, key: string, value: Json): void {
  const known = map.get(key, true);
  if (isScalar(known) && typeof value !== 'object') known.value = value;
  else map.set(key, newNode(document, value));
}

function editList(document: Document, list: YAMLSeq, changes: readonly Change[]): void {
  const keys = keysOf(document, list);
  const items = new Map<string, unknown>(list.items.map((item, index) => [keys[index] ?? '', item]));
  for (const [step, inside] of byStep(changes.filter(({ path }) => path.length > 0))) {
    const here = inside.find(({ path, kind }) => path.length === 1 && kind !== 'order');
    if (!here) edit(document, items.get(step), deeper(inside));
    else if (here.kind === 'remove') items.delete(step);
    else if (here.kind !== 'order') items.set(step, newNode(document, here.to));
  }
  const order = changes.find(({ path, kind }) => path.length === 0 && kind === 'order');
  const ordered = order?.kind === 'order' ? new Set([...order.to, ...items.keys()]) : items.keys();
  list.items = [...ordered].filter((key) => items.has(key)).map((key) => items.get(key));
}

const byStep = (changes: readonly Change[]): ReadonlyMap<string, readonly Change[]> =>
  Map.groupBy(changes, ({ path: [step] }) => (typeof step === 'object' ? step.item : (step ?? '')));

const deeper = (changes: readonly Change[]): readonly Change[] =>
  changes.map((change) => ({ ...change, path: change.path.slice(1) }));

function newNode(document: Document, value: Json): Node {
  const node = document.createNode(value) as Node;
  keepPadding(node, '');
  return node;
}

/** Writes each `{ a: 1 }` and `[a, b]` with or without inner spaces as it was written; new ones as Prettier would. */
function keepPadding(within: Node | Document, text: string): void {
  visit(within, {
    Collection: (_, node) => {
      const isPadded = node.range ? text[node.range[0] + 1] === ' ' : isMap(node);
      const write = node.toString.bind(node) as (context: object, ...rest: unknown[]) => string;
      node.toString = (context?: object, ...rest: unknown[]): string =>
        write({ ...context, flowCollectionPadding: isPadded ? ' ' : '' }, ...rest);
    },
  });
}
