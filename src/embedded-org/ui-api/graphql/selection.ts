import type { FieldNode, FragmentDefinitionNode, GraphQLResolveInfo, SelectionSetNode } from 'graphql';
import type { ObjectDef } from '../../data/types.ts';
import type { Visible } from './visible.ts';

type Fragments = GraphQLResolveInfo['fragments'];

/** The fields selected below these, each fragment opened once, by name. */
export function selectedBelow(
  nodes: readonly { readonly selectionSet?: SelectionSetNode | undefined }[],
  fragments: Fragments | Readonly<Record<string, FragmentDefinitionNode>>,
): ReadonlyMap<string, readonly FieldNode[]> {
  const found = new Map<string, FieldNode[]>();
  const opened = new Set<string>();
  const collect = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === 'FragmentSpread') {
        if (opened.has(selection.name.value)) continue;
        opened.add(selection.name.value);
        collect(definitionOf(fragments, selection.name.value));
      } else if (selection.kind === 'InlineFragment') collect(selection.selectionSet);
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
  const own = [
    selected.has('DisplayValue') && visible.mayRead(object, nameFieldOf(object)) ? nameFieldOf(object) : undefined,
    selected.has('WeakEtag') && visible.mayRead(object, 'SystemModstamp') ? 'SystemModstamp' : undefined,
  ].flatMap((name) => (name === undefined ? [] : prefix + name));
  return [...new Set([`${prefix}Id`, ...own, ...fields.map((field) => prefix + field.name), ...parents])];
}

/** The field that names a record of an object. */
export const nameFieldOf = (object: ObjectDef): string => object.fields.find((field) => field.nameField)?.name ?? 'Id';

function definitionOf(
  fragments: Fragments | Readonly<Record<string, FragmentDefinitionNode>>,
  name: string,
): SelectionSetNode | undefined {
  const fragment = fragments[name] as
    { definition?: { selectionSet: SelectionSetNode }; selectionSet?: SelectionSetNode } | undefined;
  return fragment?.definition?.selectionSet ?? fragment?.selectionSet;
}
