import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from 'graphql';
import type { ObjectDef } from '../../data/types.ts';
import type { Visible } from './visible.ts';

type Fragments = GraphQLResolveInfo['fragments'];

/** The fields selected below these, fragments opened, by name. */
export function selectedBelow(
  nodes: readonly FieldNode[],
  fragments: Fragments,
): ReadonlyMap<string, readonly FieldNode[]> {
  const found = new Map<string, FieldNode[]>();
  const collect = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === 'FragmentSpread') collect(definitionOf(fragments, selection.name.value));
      else if (selection.kind === 'InlineFragment') collect(selection.selectionSet);
      else found.set(selection.name.value, [...(found.get(selection.name.value) ?? []), selection]);
    }
  };
  for (const node of nodes) collect(node.selectionSet);
  return found;
}

/** The SELECT list that answers a selection of record fields; parents of one possible object are spanned. */
export function toSelectPaths(
  visible: Visible,
  object: ObjectDef,
  nodes: readonly FieldNode[],
  fragments: Fragments,
  prefix = '',
): readonly string[] {
  const selected = selectedBelow(nodes, fragments);
  const fields = visible.fields(object).filter((field) => selected.has(field.name));
  const parents = visible.parents(object).flatMap(({ name, reference, objects }) => {
    const below = selected.get(name);
    const [only, ...others] = objects;
    if (!below || !only) return [];
    if (others.length > 0 || (reference.referenceTo?.length ?? 0) > 1) return [prefix + reference.name];
    return toSelectPaths(visible, only, below, fragments, `${prefix}${name}.`);
  });
  return [...new Set([`${prefix}Id`, ...fields.map((field) => prefix + field.name), ...parents])];
}

function definitionOf(fragments: Fragments, name: string): SelectionSetNode | undefined {
  const fragment = fragments[name] as
    { definition?: { selectionSet: SelectionSetNode }; selectionSet?: SelectionSetNode } | undefined;
  return fragment?.definition?.selectionSet ?? fragment?.selectionSet;
}
