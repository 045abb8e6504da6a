import type {
  FieldFunctionExpression,
  FieldSubquery,
  FieldType,
  FieldTypeOf,
  QueryBase,
} from '@jetstreamapp/soql-parser-js';
import type { ColumnMetadata, FieldDef } from '../../types.ts';
import { childLoader } from './child-query.ts';
import { functionNameOf, scalarOperand } from './function-sql.ts';
import type { Entry, PlannedRecords, RecordNode } from '../answer/record-shape.ts';
import type { Place, Scope } from './scope.ts';

const LONGEST_FIELDS_PAGE = 200;

/** The columns that a SELECT of records reads, and how they become records. */
export class RecordPlan implements PlannedRecords {
  readonly scope: Scope;
  readonly root: RecordNode;
  readonly columns: ColumnMetadata[] = [];
  readonly selected: string[] = [];
  readonly #query: QueryBase;

  constructor(scope: Scope, query: QueryBase) {
    this.scope = scope;
    this.#query = query;
    this.root = this.#newNode(scope.root);
    for (const item of query.fields ?? []) this.#add(item);
  }

  #add(item: FieldType): void {
    const errors = this.scope.request.errors.about(item);
    switch (item.type) {
      case 'Field':
        if (item.alias !== undefined)
          throw errors.malformed('only aggregate expressions use field aliasing', item.alias);
        return this.#addPath(item.field.split('.'), 'objectPrefix' in item ? item.rawValue : item.field);
      case 'FieldRelationship':
        if ('alias' in item && item.alias !== undefined)
          throw errors.malformed('only aggregate expressions use field aliasing', item.alias);
        return this.#addPath([...item.relationships, item.field], item.rawValue ?? item.field);
      case 'FieldFunctionExpression':
        return this.#addFunction(item);
      case 'FieldSubquery':
        return this.#addChildren(item);
      case 'FieldTypeof':
        return this.#addTypeOf(item);
    }
  }

  #addPath(path: readonly string[], token: string): void {
    const column = this.scope.column(path.join('.'));
    const node = this.#nodeAt(column.path.slice(0, -1), token);
    this.#addEntry(
      node,
      { kind: 'field', key: column.field.name, index: this.#select(column.sql), field: column.field },
      token,
    );
    this.#addColumn(column.path.slice(0, -1), toColumn(column.field.name, column.field));
  }

  #addFunction(item: FieldFunctionExpression): void {
    const name = functionNameOf(item);
    if (name === 'FIELDS') return this.#addFields(textParameter(item).toUpperCase());
    if (name !== 'TOLABEL') {
      throw this.scope.request.errors.malformed(
        `Invalid Aggregate Expression: ${item.rawValue ?? name}`,
        item.functionName,
      );
    }
    const { field, path } = this.scope.column(textParameter(item));
    const operand = scalarOperand(this.scope, item);
    const key = item.alias ?? field.name;
    const node = this.#nodeAt(path.slice(0, -1), item.rawValue ?? key);
    this.#addEntry(node, { kind: 'field', key, index: this.#select(operand.sql), field }, key);
    this.#addColumn(path.slice(0, -1), toColumn(key, field));
  }

  /** FIELDS(ALL), FIELDS(STANDARD), FIELDS(CUSTOM): every field of the kind that the user may read. */
  #addFields(kind: string): void {
    const { limit } = this.#query;
    const { errors, user } = this.scope.request;
    if (!['ALL', 'STANDARD', 'CUSTOM'].includes(kind)) throw errors.malformed(`unexpected token: '${kind}'`, kind);
    if (kind !== 'STANDARD' && (limit === undefined || limit > LONGEST_FIELDS_PAGE)) {
      throw errors.malformed(`The SOQL FIELDS function must have a LIMIT of at most ${LONGEST_FIELDS_PAGE}`, 'FIELDS');
    }
    const { object } = this.scope;
    for (const field of object.fields) {
      const wanted = kind === 'ALL' || field.custom === (kind === 'CUSTOM');
      const selectedAlready = this.root.entries.some((entry) => entry.key === field.name);
      if (!wanted || selectedAlready || this.scope.readableField(object, field.name) === undefined) continue;
      if (user.access.field(object.name, field.name).read) this.#addPath([field.name], field.name);
    }
  }

  #addChildren(item: FieldSubquery): void {
    const { subquery } = item;
    const found = childLoader(this.scope, subquery, (scope, query) => new RecordPlan(scope, query));
    this.#addEntry(this.root, { kind: 'children', key: found.key, load: found.load }, found.key);
    this.columns.push({ ...toColumn(found.key, undefined), joinColumns: found.columns });
  }

  #addTypeOf(item: FieldTypeOf): void {
    const place = this.scope.place([item.field], item.field);
    const nodes = new Map<string, RecordNode>();
    let otherwise: RecordNode | undefined;
    for (const condition of item.conditions) {
      if (condition.type === 'ELSE') otherwise = this.#variant(place, condition.fieldList);
      else {
        const table = place.tables.find(
          (each) => each.object.name.toLowerCase() === condition.objectType?.toLowerCase(),
        );
        if (table === undefined) throw this.scope.request.errors.noSuchType(condition.objectType ?? '');
        nodes.set(
          table.object.keyPrefix,
          this.#variant({ tables: [table], polymorphic: false, path: place.path }, condition.fieldList),
        );
      }
    }
    const key = place.path.at(-1) ?? item.field;
    this.#addEntry(this.root, { kind: 'variants', key, idIndex: this.#select(idSql(place)), nodes, otherwise }, key);
    this.columns.push(toColumn(key, undefined));
  }

  #variant(place: Place, fieldNames: readonly string[]): RecordNode {
    const node = this.#newNode(place);
    for (const name of fieldNames) {
      const column = this.scope.columnAt(place, name, name);
      this.#addEntry(
        node,
        { kind: 'field', key: column.field.name, index: this.#select(column.sql), field: column.field },
        name,
      );
    }
    return node;
  }

  #nodeAt(relationships: readonly string[], token: string): RecordNode {
    let node = this.root;
    relationships.forEach((_, index) => {
      const place = this.scope.place(relationships.slice(0, index + 1), token);
      const key = place.path.at(-1) ?? '';
      const known = node.entries.find((entry) => entry.kind === 'parent' && entry.key === key);
      if (known?.kind === 'parent') node = known.node;
      else {
        const parent = this.#newNode(place);
        node.entries.push({ kind: 'parent', key, node: parent });
        node = parent;
      }
    });
    return node;
  }

  /** Fields of a parent are the join columns of its relationship. */
  #addColumn(relationships: readonly string[], column: ColumnMetadata): void {
    let columns: ColumnMetadata[] = this.columns;
    for (const [index] of relationships.entries()) {
      const name = this.scope.place(relationships.slice(0, index + 1), column.columnName).path.at(-1) ?? '';
      let parent = columns.find((each) => each.columnName === name);
      if (parent === undefined) columns.push((parent = toColumn(name, undefined)));
      columns = parent.joinColumns as ColumnMetadata[];
    }
    columns.push(column);
  }

  #newNode(place: Place): RecordNode {
    const [only] = place.tables;
    const typeName = place.polymorphic || only === undefined ? 'Name' : only.object.name;
    return { typeName, idIndex: this.#select(idSql(place)), entries: [] };
  }

  #addEntry(node: RecordNode, entry: Entry, token: string): void {
    const isTaken = node.entries.some((each) => each.key === entry.key && each.kind === entry.kind);
    if (isTaken) throw this.scope.request.errors.invalidField(`duplicate field selected: ${token}`, token);
    node.entries.push(entry);
  }

  #select(sql: string): number {
    const known = this.selected.indexOf(sql);
    return known >= 0 ? known : this.selected.push(sql) - 1;
  }
}

function textParameter(item: FieldFunctionExpression): string {
  const [parameter] = item.parameters;
  return typeof parameter === 'string' ? parameter : '';
}

function idSql(place: Place): string {
  const ids = place.tables.map((table) => `${table.alias}."Id"`);
  return ids.length > 1 ? `coalesce(${ids.join(', ')})` : (ids[0] ?? 'null');
}

export const toColumn = (name: string, field: FieldDef | undefined, aggregate = false): ColumnMetadata => ({
  columnName: name,
  displayName: name,
  aggregate,
  field,
  joinColumns: [],
});
