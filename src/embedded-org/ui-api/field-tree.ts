import type { FieldDef, ObjectDef, Schema, UserContext } from '../data/types.ts';

/** The fields asked of a record, spanned parents as branches. Keys are names as the schema spells them. */
export type FieldTree = Map<string, FieldBranch>;

export type FieldBranch =
  | { readonly kind: 'field'; readonly field: FieldDef }
  | {
      readonly kind: 'parent';
      readonly reference: FieldDef;
      readonly objects: readonly ObjectDef[];
      readonly tree: FieldTree;
    };

/** Whether the user may read a field, the object's own permission included. */
export const isReadable = (user: UserContext, object: ObjectDef, field: FieldDef): boolean =>
  user.access.field(object.name, field.name).read;

/** Adds a path such as `Owner.Name` to the tree; false when a step does not exist or the user may not read it. */
export function addPath(
  schema: Schema,
  user: UserContext,
  object: ObjectDef,
  path: readonly string[],
  tree: FieldTree,
): boolean {
  const [step = '', ...rest] = path;
  if (rest.length === 0) {
    const field = schema.field(object, step);
    if (!field || !isReadable(user, object, field)) return false;
    tree.set(field.name, { kind: 'field', field });
    return true;
  }
  const reference = schema.relationship(object, step);
  if (!reference?.relationshipName || !isReadable(user, object, reference)) return false;
  const objects = (reference.referenceTo ?? []).flatMap((name) => schema.find(name) ?? []);
  const known = tree.get(reference.relationshipName);
  const branch = known?.kind === 'parent' ? known : { kind: 'parent' as const, reference, objects, tree: new Map() };
  const parent = objects.find((each) => addPath(schema, user, each, rest, branch.tree));
  if (parent) tree.set(reference.relationshipName, branch);
  return parent !== undefined;
}

/** The SELECT list for a tree; a parent brings its Id, so that a missing parent shows. */
export function toSelectList(tree: FieldTree, prefix = ''): readonly string[] {
  const names = [...tree].flatMap(([name, branch]) =>
    branch.kind === 'field' ? [prefix + name] : toSelectList(branch.tree, `${prefix}${name}.`),
  );
  return [...new Set([`${prefix}Id`, ...names])];
}
