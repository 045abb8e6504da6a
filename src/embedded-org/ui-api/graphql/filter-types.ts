import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLString,
  type GraphQLInputFieldConfigMap,
  type GraphQLInputType,
} from 'graphql';
import type { ObjectDef } from '../../data/types.ts';
import { DATE_FUNCTIONS, DATE_LITERALS, DATE_RANGES, functionsOf, TIME_FUNCTIONS } from './date-terms.ts';
import { spannedObject, type Visible } from './visible.ts';
import { remember, typeNameOf, type ValueTypes } from './value-types.ts';

const enumOf = (name: string, values: readonly string[]): GraphQLEnumType =>
  new GraphQLEnumType({ name, values: Object.fromEntries(values.map((value) => [value, { value }])) });

/** The input types with which a client filters and sorts records of the objects it names. */
export class FilterTypes {
  readonly scope = enumOf('SupportedScopes', ['EVERYTHING', 'MINE']);
  readonly #visible: Visible;
  readonly #values: ValueTypes;
  readonly #inputs = new Map<string, GraphQLInputObjectType>();
  readonly #literal = enumOf('DateLiteral', DATE_LITERALS);
  readonly #range = new GraphQLInputObjectType({
    name: 'DateRange',
    fields: Object.fromEntries(DATE_RANGES.map((name) => [name, { type: GraphQLInt }])),
  });
  readonly #groupByType = enumOf('GroupByType', ['GROUP_BY']);
  readonly #enums = new Map<string, GraphQLEnumType>();
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

  /** How groups of records are made: by a field's value, or by a part of a date. */
  groupBy(object: ObjectDef): GraphQLInputObjectType {
    return this.#input(`${object.name}_GroupBy`, () => ({
      type: { type: this.#groupByType },
      ...this.#byField(
        object,
        (typeName) => this.#groupByClause(typeName),
        (parent) => this.groupBy(parent),
      ),
    }));
  }

  aggregateOrderBy(object: ObjectDef): GraphQLInputObjectType {
    return this.#input(`${object.name}_AggregateOrderBy`, () =>
      this.#byField(
        object,
        (typeName) => this.#aggregateOrderByClause(typeName),
        (parent) => this.aggregateOrderBy(parent),
      ),
    );
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
    const parents = this.#visible.parents(object).flatMap((link) => {
      const parent = spannedObject(link);
      return parent ? [[link.name, { type: ofParent(parent) }] as const] : [];
    });
    return {
      ...Object.fromEntries(fields.map((field) => [field.name, { type: ofField(typeNameOf(field)) }])),
      ...Object.fromEntries(parents),
    };
  }

  #groupByClause(typeName: string): GraphQLInputType {
    const functions = functionsOf(typeName);
    if (functions.length === 0) return this.#input('GroupByClause', () => ({ group: { type: GraphQLBoolean } }));
    const type = this.#enum(`GroupBy${typeName}Function`, typeName === 'Date' ? DATE_FUNCTIONS : TIME_FUNCTIONS);
    return this.#input(`GroupBy${typeName}Clause`, () => ({
      function: { type },
      ...(typeName === 'Date' && { group: { type: GraphQLBoolean } }),
    }));
  }

  #aggregateOrderByClause(typeName: string): GraphQLInputType {
    const kind = NUMBERS.has(typeName) ? 'Number' : typeName === 'Boolean' ? 'No' : 'String';
    const functions = ['COUNT', 'COUNT_DISTINCT', 'MAX', 'MIN', ...(kind === 'Number' ? ['AVG', 'SUM'] : [])];
    return this.#input(kind === 'No' ? 'NoFunctionAggregateOrderByClause' : `AggregateOrderBy${kind}Clause`, () => ({
      ...this.#orderByClause.toConfig().fields,
      ...(kind !== 'No' && { function: { type: this.#enum(`AggregateOrderBy${kind}Function`, functions) } }),
    }));
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
      const joins = typeName === 'ID' ? { inq: { type: this.#join() }, ninq: { type: this.#join() } } : {};
      const parts = functionsOf(typeName).map((name) => [name, { type: this.#datePart(typeName) }] as const);
      return {
        eq: single,
        ne: single,
        ...ordered,
        ...like,
        in: { type: list },
        nin: { type: list },
        ...joins,
        ...Object.fromEntries(parts),
      };
    });
  }

  /** A part of a date compared with a number; of an instant, in UTC or in the user's time zone. */
  #datePart(typeName: string): GraphQLInputObjectType {
    return this.#input(`${typeName}FunctionInput`, () => {
      const number = { type: this.#operators('Int') };
      return { value: number, ...(typeName === 'DateTime' && { convertTimezoneValue: number }) };
    });
  }

  /** The records whose field `ApiName` a reference must be among. */
  #join(): GraphQLInputObjectType {
    return this.#input('JoinInput', () => ({
      ApiName: { type: GraphQLString },
      ...Object.fromEntries(
        this.#visible.objects().map((object) => [object.name, { type: this.filter(object) }] as const),
      ),
    }));
  }

  /** Dates are named by value or by a literal such as TODAY; everything else is its own operand. */
  #operand(typeName: string): GraphQLInputType {
    if (typeName !== 'Date' && typeName !== 'DateTime') return this.#values.scalar(typeName);
    return this.#input(`${typeName}Input`, () => ({
      value: { type: this.#values.scalar(typeName) },
      literal: { type: this.#literal },
      range: { type: this.#range },
    }));
  }

  #enum(name: string, values: readonly string[]): GraphQLEnumType {
    return remember(this.#enums, name, () => enumOf(name, values));
  }

  #input(name: string, fields: (self: GraphQLInputObjectType) => GraphQLInputFieldConfigMap): GraphQLInputObjectType {
    return remember(this.#inputs, name, () => {
      // a type must have a field, and the document perhaps names none that the user may read
      const orNothing = (given: GraphQLInputFieldConfigMap): GraphQLInputFieldConfigMap =>
        Object.keys(given).length > 0 ? given : { _: { type: GraphQLBoolean } };
      const type: GraphQLInputObjectType = new GraphQLInputObjectType({ name, fields: () => orNothing(fields(type)) });
      return type;
    });
  }
}

const TEXTS = new Set(['String', 'TextArea', 'Email', 'PhoneNumber', 'Url', 'Picklist', 'Combobox']);
const NUMBERS = new Set(['Currency', 'Double', 'Int', 'Long', 'Percent']);
