import { GraphQLBoolean, GraphQLID, GraphQLInt, GraphQLObjectType, GraphQLScalarType, GraphQLString } from 'graphql';
import type { FieldDef, UserContext, Value } from '../../data/types.ts';
import { picklistLabel, toDisplayValue, toUiValue } from '../display-value.ts';

/** A field's value on its way into a `…Value` type. */
export type FieldCell = { readonly field: FieldDef; readonly value: Value | undefined };

export type GraphQlContext = { readonly user: UserContext };

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

const NUMERIC = new Set(['Currency', 'Double', 'Percent']);

/** Makes each scalar and value type once for a schema, as GraphQL wants it. */
export class ValueTypes {
  readonly #scalars = new Map<string, GraphQLScalarType>();
  readonly #values = new Map<string, GraphQLObjectType>();

  scalar(typeName: string): GraphQLScalarType {
    return BUILT_IN[typeName] ?? remember(this.#scalars, typeName, () => makeScalar(typeName));
  }

  /** `{ value displayValue }`, with the label where it is a picklist. */
  value(typeName: string): GraphQLObjectType {
    return remember(this.#values, typeName, () => this.#makeValue(typeName));
  }

  #makeValue(typeName: string): GraphQLObjectType {
    const label = { label: { type: GraphQLString, resolve: ({ field, value }: FieldCell) => labelOf(field, value) } };
    return new GraphQLObjectType<FieldCell, GraphQlContext>({
      name: `${typeName}Value`,
      fields: {
        value: { type: this.scalar(typeName), resolve: ({ field, value }) => toUiValue(field, value) },
        displayValue: {
          type: GraphQLString,
          resolve: ({ field, value }, _, { user }) => toDisplayValue(field, value, user),
        },
        ...(typeName === 'Picklist' && label),
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
  value === null || value === undefined ? null : picklistLabel(field, String(value));

export function remember<T>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}
