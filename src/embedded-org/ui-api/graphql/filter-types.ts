import {
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLList,
  type GraphQLInputFieldConfigMap,
  type GraphQLInputType,
} from 'graphql';
import type { ObjectDef } from '../../data/types.ts';
import type { Visible } from './visible.ts';
import { remember, typeNameOf, type ValueTypes } from './value-types.ts';

const LITERALS = [
  'YESTERDAY',
  'TODAY',
  'TOMORROW',
  'LAST_WEEK',
  'THIS_WEEK',
  'NEXT_WEEK',
  'LAST_MONTH',
  'THIS_MONTH',
  'NEXT_MONTH',
  'LAST_90_DAYS',
  'NEXT_90_DAYS',
  'THIS_QUARTER',
  'LAST_QUARTER',
  'NEXT_QUARTER',
  'THIS_YEAR',
  'LAST_YEAR',
  'NEXT_YEAR',
];

const enumOf = (name: string, values: readonly string[]): GraphQLEnumType =>
  new GraphQLEnumType({ name, values: Object.fromEntries(values.map((value) => [value, { value }])) });

/** The input types with which a client filters and sorts records of the objects it names. */
export class FilterTypes {
  readonly scope = enumOf('SupportedScopes', ['EVERYTHING', 'MINE']);
  readonly #visible: Visible;
  readonly #values: ValueTypes;
  readonly #inputs = new Map<string, GraphQLInputObjectType>();
  readonly #literal = enumOf('DateLiteral', LITERALS);
  readonly #orderByClause = new GraphQLInputObjectType({
    name: 'OrderByClause',
    fields: {
      order: { type: enumOf('ResultOrder', ['ASC', 'DESC']) },
      nulls: { type: enumOf('NullOrder', ['FIRST', 'LAST']) },
    },
  });

  constructor(visible: Visible, values: ValueTypes) {
    this.#visible = visible;
    this.#values = values;
  }

  filter(object: ObjectDef): GraphQLInputObjectType {
    return this.#input(`${object.name}_Filter`, (self) => ({
      and: { type: new GraphQLList(self) },
      or: { type: new GraphQLList(self) },
      not: { type: self },
      ...this.#byField(
        object,
        (typeName) => this.#operators(typeName),
        (parent) => this.filter(parent),
      ),
    }));
  }

  orderBy(object: ObjectDef): GraphQLInputObjectType {
    return this.#input(`${object.name}_OrderBy`, () =>
      this.#byField(
        object,
        () => this.#orderByClause,
        (parent) => this.orderBy(parent),
      ),
    );
  }

  #byField(
    object: ObjectDef,
    ofField: (typeName: string) => GraphQLInputType,
    ofParent: (parent: ObjectDef) => GraphQLInputType,
  ): GraphQLInputFieldConfigMap {
    const fields = this.#visible.fields(object).filter((field) => field.filterable && field.type !== 'address');
    const parents = this.#visible.parents(object).flatMap(({ name, objects }) => {
      const [parent] = objects;
      return parent ? [[name, { type: ofParent(parent) }] as const] : [];
    });
    return {
      ...Object.fromEntries(fields.map((field) => [field.name, { type: ofField(typeNameOf(field)) }])),
      ...Object.fromEntries(parents),
    };
  }

  #operators(typeName: string): GraphQLInputObjectType {
    return this.#input(`${typeName === 'ID' ? 'Id' : typeName}Operators`, () => {
      const operand = this.#operand(typeName);
      const list = new GraphQLList(operand);
      const single = { type: operand };
      if (typeName === 'Boolean') return { eq: single, ne: single };
      if (typeName === 'MultiPicklist')
        return { eq: single, ne: single, includes: { type: list }, excludes: { type: list } };
      const ordered = { lt: single, gt: single, lte: single, gte: single };
      const like = TEXTS.has(typeName) ? { like: single } : {};
      return { eq: single, ne: single, ...ordered, ...like, in: { type: list }, nin: { type: list } };
    });
  }

  /** Dates are named by value or by a literal such as TODAY; everything else is its own operand. */
  #operand(typeName: string): GraphQLInputType {
    if (typeName !== 'Date' && typeName !== 'DateTime') return this.#values.scalar(typeName);
    return this.#input(`${typeName}Input`, () => ({
      value: { type: this.#values.scalar(typeName) },
      literal: { type: this.#literal },
    }));
  }

  #input(name: string, fields: (self: GraphQLInputObjectType) => GraphQLInputFieldConfigMap): GraphQLInputObjectType {
    return remember(this.#inputs, name, () => {
      const type: GraphQLInputObjectType = new GraphQLInputObjectType({ name, fields: () => fields(type) });
      return type;
    });
  }
}

const TEXTS = new Set(['String', 'TextArea', 'Email', 'PhoneNumber', 'Url', 'Picklist', 'Combobox']);
