import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigMap,
  type GraphQLInputFieldConfigMap,
  type GraphQLResolveInfo,
} from 'graphql';
import type { Org } from '../../data/org-core.ts';
import { OrgError } from '../../data/org-error.ts';
import type { DmlOptions, FieldDef, ObjectDef, OutputRow, SaveResult } from '../../data/types.ts';
import { findObjectOf, UI_API_VERSION } from '../read-record.ts';
import { soqlString } from '../soql-literal.ts';
import type { RecordTypes } from './record-types.ts';
import { selectedBelow, toSelectPaths } from './selection.ts';
import { type GraphQlContext, typeNameOf, type ValueTypes } from './value-types.ts';
import type { Visible } from './visible.ts';

/** UI API runs no assignment rule unless it is asked to. */
const OPTIONS: DmlOptions = { allOrNone: true, autoAssign: false, apiVersion: UI_API_VERSION };

/** From this version on an update answers with the record, before it with `success`. */
const RECORD_OF_UPDATE_SINCE = 66;

type Fields = Readonly<Record<string, unknown>>;
type Mutation = GraphQLFieldConfig<unknown, GraphQlContext>;

/** The fields of `mutation { uiapi { … } }`: `LeadCreate`, `LeadUpdate` and `LeadDelete` of the objects a document names. */
export class MutationTypes {
  readonly #org: Org;
  readonly #visible: Visible;
  readonly #values: ValueTypes;
  readonly #records: RecordTypes;
  readonly #version: number;
  readonly #idInput = new GraphQLInputObjectType({
    name: 'RecordDeleteInput',
    fields: { Id: { type: new GraphQLNonNull(GraphQLID) } },
  });

  constructor(org: Org, visible: Visible, values: ValueTypes, records: RecordTypes, version: number) {
    this.#org = org;
    this.#visible = visible;
    this.#values = values;
    this.#records = records;
    this.#version = version;
  }

  fields(): GraphQLFieldConfigMap<unknown, GraphQlContext> {
    const all = this.#visible.writable().flatMap((object) => {
      const { create, edit, delete: remove } = this.#visible.access(object);
      return [
        [`${object.name}Create`, object.createable && create, () => this.#create(object)],
        [`${object.name}Update`, object.updateable && edit, () => this.#update(object)],
        [`${object.name}Delete`, object.deletable && remove, () => this.#delete(object)],
      ] as const;
    });
    const allowed = all.filter(([name, may]) => may && this.#visible.names(name));
    return Object.fromEntries(allowed.map(([name, , make]) => [name, make()]));
  }

  #create(object: ObjectDef): Mutation {
    const input = this.#input(object, 'Create', (field) => field.createable);
    return {
      type: this.#recordPayload(object, 'Create'),
      args: { input: { type: new GraphQLNonNull(input) } },
      resolve: (_, { input: given }, { user }, info) => {
        const fields = (given as Record<string, Fields>)[object.name] ?? {};
        const id = idOf(this.#org.insert(user, object.name, [toRow(fields)], OPTIONS)[0]);
        return { Record: this.#read(user, object, id, info) };
      },
    };
  }

  #update(object: ObjectDef): Mutation {
    const input = this.#input(object, 'Update', (field) => field.updateable, {
      Id: { type: new GraphQLNonNull(GraphQLID) },
    });
    const success = new GraphQLObjectType({
      name: `${object.name}UpdatePayload`,
      fields: { success: { type: GraphQLBoolean } },
    });
    return {
      type: this.#version < RECORD_OF_UPDATE_SINCE ? success : this.#recordPayload(object, 'Update'),
      args: { input: { type: new GraphQLNonNull(input) } },
      resolve: (_, { input: given }, { user }, info) => {
        const { Id, [object.name]: fields } = given as Record<string, unknown>;
        const { id } = this.#recordOf(object, String(Id));
        idOf(this.#org.update(user, object.name, [{ ...toRow((fields ?? {}) as Fields), Id: id }], OPTIONS)[0]);
        return { success: true, Record: this.#read(user, object, id, info) };
      },
    };
  }

  #delete(object: ObjectDef): Mutation {
    const payload = new GraphQLObjectType({
      name: `${object.name}DeletePayload`,
      fields: { Id: { type: GraphQLID } },
    });
    return {
      type: payload,
      args: { input: { type: new GraphQLNonNull(this.#idInput) } },
      resolve: (_, { input: given }, { user }) => {
        const { id } = this.#recordOf(object, String((given as Fields)['Id']));
        return { Id: idOf(this.#org.remove(user, [id], OPTIONS)[0]) };
      },
    };
  }

  #recordPayload(object: ObjectDef, verb: 'Create' | 'Update'): GraphQLObjectType {
    return new GraphQLObjectType({
      name: `${object.name}${verb}Payload`,
      fields: { Record: { type: this.#records.record(object) } },
    });
  }

  /** `{ Lead: { … } }` of the fields that the user may write. */
  #input(
    object: ObjectDef,
    verb: 'Create' | 'Update',
    isWritable: (field: FieldDef) => boolean,
    more: GraphQLInputFieldConfigMap = {},
  ): GraphQLInputObjectType {
    const fields = this.#visible
      .fields(object)
      .filter((field) => isWritable(field) && this.#visible.mayWrite(object, field));
    const representation = new GraphQLInputObjectType({
      name: `${object.name}${verb}Representation`,
      fields: {
        // a type must have a field, and the user may perhaps write nothing that the document names
        ...(fields.length === 0 && { _: { type: GraphQLBoolean } }),
        ...Object.fromEntries(
          fields.map((field) => [field.name, { type: this.#values.scalar(typeNameOf(field)) }] as const),
        ),
      },
    });
    return new GraphQLInputObjectType({
      name: `${object.name}${verb}Input`,
      fields: { ...more, [object.name]: { type: new GraphQLNonNull(representation) } },
    });
  }

  #recordOf(object: ObjectDef, recordId: string): { readonly id: string } {
    const found = findObjectOf(this.#org, recordId);
    if (found.object.name !== object.name)
      throw new OrgError('INVALID_ID_FIELD', `${recordId} is the id of no ${object.name}.`);
    return found;
  }

  #read(
    user: GraphQlContext['user'],
    object: ObjectDef,
    id: string,
    info: GraphQLResolveInfo,
  ): OutputRow | null | undefined {
    const nodes = selectedBelow(info.fieldNodes, info.fragments).get('Record');
    if (!nodes) return null;
    const paths = toSelectPaths(this.#visible, object, nodes, info.fragments);
    const soql = `SELECT ${paths.join(', ')} FROM ${object.name} WHERE Id = ${soqlString(id)}`;
    return this.#org.query(user, soql, { includeDeleted: false, apiVersion: UI_API_VERSION }).page(0, 1)[0] ?? null;
  }
}

/** Input objects of GraphQL have no prototype, which rows of the data layer are expected to have. */
const toRow = (fields: Fields): Record<string, unknown> => ({ ...fields });

function idOf(result: SaveResult | undefined): string {
  if (result?.success && result.id) return result.id;
  const [error] = result?.errors ?? [];
  throw new OrgError(error?.statusCode ?? 'UNKNOWN_EXCEPTION', error?.message ?? 'The record was not saved.');
}
