import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLString,
} from 'graphql';
import type { FieldDef, UserContext, Value } from '../../data/types.ts';
import { picklistLabel, toDisplayValue, toUiValue } from '../display-value.ts';

/** A field's value on its way into a `…Value` type. */
export type FieldCell = { readonly field: FieldDef; readonly value: Value | undefined };

export type GraphQlContext = {
  readonly user: UserContext;
  /** The variables as the client sent them, whose keys keep their order. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** What a mutation asks for; its resolver sets it. */
  readonly mutation: { allOrNone: boolean };
};

/** The platform's name of a field's GraphQL type, e.g. `Picklist` for `PicklistValue` and `PicklistOperators`. */
export function typeNameOf(field: FieldDef): string {
  if (field.type === 'textarea' && (field.length ?? 0) > 255) return 'LongTextArea';
  return TYPE_NAMES[field.type];
}

const TYPE_NAMES: Readonly<Record<FieldDef['type'], string>> = {
  address: 'CompoundAddress',
  boolean: 'Boolean',
  combobox: 'Combobox',
  currency: 'Currency',
  date: 'Date',
  datetime: 'DateTime',
  double: 'Double',
  email: 'Email',
  id: 'ID',
  int: 'Int',
  multipicklist: 'MultiPicklist',
  percent: 'Percent',
  phone: 'PhoneNumber',
  picklist: 'Picklist',
  reference: 'ID',
  string: 'String',
  textarea: 'TextArea',
  time: 'Time',
  url: 'Url',
};

const BUILT_IN: Readonly<Record<string, GraphQLScalarType>> = {
  Boolean: GraphQLBoolean,
  ID: GraphQLID,
  Int: GraphQLInt,
  String: GraphQLString,
};

const NUMERIC = new Set(['Currency', 'Double', 'Long', 'Percent']);
const LABELLED = new Set(['MultiPicklist', 'Picklist']);
const FORMATTED = new Set(['Currency', 'Date', 'DateTime', 'Double', 'Int', 'Long', 'Percent', 'Time']);

/** Makes each scalar and value type once for a schema, as GraphQL wants it. */
export class ValueTypes {
  readonly #scalars = new Map<string, GraphQLScalarType>();
  readonly #values = new Map<string, GraphQLObjectType>();
  readonly #fieldValue = new GraphQLInterfaceType({
    name: 'FieldValue',
    fields: { displayValue: { type: GraphQLString } },
    resolveType: ({ field }: FieldCell) => `${typeNameOf(field)}Value`,
  });

  scalar(typeName: string): GraphQLScalarType {
    return BUILT_IN[typeName] ?? remember(this.#scalars, typeName, () => makeScalar(typeName));
  }

  /** `{ value displayValue }`, with the label where it is a picklist. */
  value(typeName: string): GraphQLObjectType {
    return remember(this.#values, typeName, () => this.#makeValue(typeName));
  }

  #makeValue(typeName: string): GraphQLObjectType {
    const label = { label: { type: GraphQLString, resolve: ({ field, value }: FieldCell) => labelOf(field, value) } };
    const format = {
      format: {
        type: GraphQLString,
        resolve: ({ field, value }: FieldCell, _: unknown, { user }: GraphQlContext) =>
          toDisplayValue(field, value, user),
      },
    };
    return new GraphQLObjectType<FieldCell, GraphQlContext>({
      name: `${typeName}Value`,
      interfaces: [this.#fieldValue],
      fields: {
        value: { type: this.scalar(typeName), resolve: ({ field, value }) => toUiValue(field, value) },
        displayValue: {
          type: GraphQLString,
          resolve: ({ field, value }, _, { user }) => toDisplayValue(field, value, user),
        },
        ...(LABELLED.has(typeName) && label),
        ...(FORMATTED.has(typeName) && format),
      },
    });
  }
}

/** A scalar of the platform: JSON as it is, numbers for those that count. */
function makeScalar(name: string): GraphQLScalarType {
  const check = (value: unknown): unknown => {
    if (NUMERIC.has(name) ? typeof value === 'number' : typeof value === 'string') return value;
    throw new Error(`${name} cannot represent ${JSON.stringify(value)}.`);
  };
  return new GraphQLScalarType({ name, serialize: (value) => value, parseValue: check });
}

const labelOf = (field: FieldDef, value: Value | undefined): string | null =>
  value === null || value === undefined
    ? null
    : String(value)
        .split(field.type === 'multipicklist' ? ';' : '\n')
        .map((each) => picklistLabel(field, each))
        .join(';');

export function remember<T>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}
