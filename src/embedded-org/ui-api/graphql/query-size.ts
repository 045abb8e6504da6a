import {
  type DocumentNode,
  getNamedType,
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** How many lists of records a request may read: those of its objects, their groups and their children. */
const MOST_SUBQUERIES = 10;

/** How many fields a request may select with its fragments opened: a few lines of nested fragments double without end. */
const MOST_FIELDS = 10_000;

type Size = { readonly fields: number; readonly subqueries: number };

const NOTHING: Size = { fields: 0, subqueries: 0 };

/** Refuses an operation that is larger than the platform or this org takes; costs no more than the document is long. */
export function tooLarge(document: DocumentNode, schema: GraphQLSchema): readonly GraphQLError[] {
  const sizeOf = sizesIn(document, schema);
  return document.definitions.flatMap((definition) => {
    if (definition.kind !== 'OperationDefinition') return [];
    const { fields, subqueries } = sizeOf(definition.selectionSet, schema.getRootType(definition.operation));
    if (fields > MOST_FIELDS) return [limitError(definition, `select up to ${MOST_FIELDS} fields, fragments opened`)];
    if (subqueries <= MOST_SUBQUERIES) return [];
    return [limitError(definition, `contain up to ${MOST_SUBQUERIES} subqueries, not ${subqueries}`)];
  });
}

type SizeOf = (set: SelectionSetNode | undefined, parent: GraphQLNamedType | null | undefined) => Size;

/** Each fragment is counted once, however often it is spread. */
function sizesIn(document: DocumentNode, schema: GraphQLSchema): SizeOf {
  const fragments = new Map(
    document.definitions.flatMap((each) =>
      each.kind === 'FragmentDefinition' ? [[each.name.value, each] as const] : [],
    ),
  );
  const known = new Map<string, Size>();
  const sizeOfFragment = (name: string): Size => {
    const fragment = fragments.get(name);
    const found = known.get(name);
    if (found || !fragment) return found ?? NOTHING;
    // one that holds itself is met again here; the validator refuses it
    known.set(name, NOTHING);
    const size = sizeOf(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value));
    known.set(name, size);
    return size;
  };
  const sizeOf: SizeOf = (set, parent) =>
    (set?.selections ?? []).reduce<Size>((sum, selection) => {
      if (selection.kind === 'FragmentSpread') return plus(sum, sizeOfFragment(selection.name.value));
      if (selection.kind === 'InlineFragment') {
        const type = selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : parent;
        return plus(sum, sizeOf(selection.selectionSet, type));
      }
      const type = typeOfField(parent, selection.name.value);
      const own = { fields: 1, subqueries: isList(type) ? 1 : 0 };
      return plus(plus(sum, own), sizeOf(selection.selectionSet, type));
    }, NOTHING);
  return sizeOf;
}

const plus = (a: Size, b: Size): Size => ({ fields: a.fields + b.fields, subqueries: a.subqueries + b.subqueries });

function typeOfField(parent: GraphQLNamedType | null | undefined, name: string): GraphQLNamedType | undefined {
  if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
  const field = parent.getFields()[name];
  return field && getNamedType(field.type);
}

const isList = (type: GraphQLNamedType | undefined): boolean =>
  isCompositeType(type) && type.name.endsWith('Connection');

const limitError = (nodes: OperationDefinitionNode, limit: string): GraphQLError =>
  new GraphQLError(`A query can ${limit}.`, { nodes });
