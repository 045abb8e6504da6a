import { archiveDay, archivedSql } from '../../archived-activities.ts';
import type { OrgCore } from '../../org-core.ts';
import { OrgError } from '../../org-error.ts';
import { quoteName } from '../../quote-name.ts';
import { visibleSql } from '../../security/sharing.ts';
import type { FieldDef, ObjectDef, UserContext } from '../../types.ts';
import type { Binder } from './binder.ts';
import { NAME_ENTITY_FIELDS, NAME_ENTITY_PARENTS } from './name-entity.ts';
import type { QueryErrors } from '../parse/query-error.ts';
import type { QuerySource } from '../parse/query-source.ts';
import type { RelationAlias } from '../parse/relation-aliases.ts';
import type { CountedRelationships } from '../rules/relationship-limits.ts';

/** What the parts of one request share. */
export type QueryRequest = {
  readonly core: OrgCore;
  readonly user: UserContext;
  readonly errors: QueryErrors;
  readonly source: QuerySource;
  readonly includeDeleted: boolean;
  readonly apiVersion: number;
  /** Tells tables of one statement apart. */
  readonly nextAlias: () => string;
  readonly relationships: CountedRelationships;
};

/** Where a SELECT stands: how many relationships to children lead to it, and what names its FROM clause gives. */
export type ScopeNames = {
  readonly level?: number;
  readonly object?: string | undefined;
  readonly relations?: readonly RelationAlias[];
};

/** A field of the queried object or of a parent, as SQL over the statement's joins. */
export type Column = { readonly sql: string; readonly field: FieldDef; readonly path: readonly string[] };

/** One end of a relationship path. */
export type Place = {
  readonly tables: readonly Table[];
  /** Whether records of several objects may stand here; they are then all of the entity `Name`. */
  readonly polymorphic: boolean;
  readonly path: readonly string[];
};
type Table = { readonly alias: string; readonly object: ObjectDef };

/** The tables of one SELECT: the queried object and the parents that its paths reach. */
export class Scope {
  readonly request: QueryRequest;
  readonly binder: Binder;
  readonly object: ObjectDef;
  readonly alias: string;
  readonly root: Place;
  /** How many relationships to children lead here from the queried object. */
  readonly level: number;
  readonly #names: ReadonlySet<string>;
  readonly #relations = new Map<string, readonly string[]>();
  readonly #places = new Map<string, Place>();
  readonly #joins: string[] = [];
  #ownOnly = false;

  constructor(request: QueryRequest, binder: Binder, object: ObjectDef, names: ScopeNames = {}) {
    this.request = request;
    this.level = names.level ?? 0;
    this.binder = binder;
    this.object = object;
    this.alias = request.nextAlias();
    this.root = { tables: [{ alias: this.alias, object }], polymorphic: false, path: [] };
    this.#names = new Set([object.name, ...(names.object === undefined ? [] : [names.object])].map(toKey));
    for (const { name, path } of names.relations ?? []) {
      const place = this.place(path, path.join('.'));
      this.#relations.set(toKey(name), place.path);
    }
  }

  /** The FROM clause with every join that was needed so far. */
  from(): string {
    const { name, rowsSql } = this.object;
    const source = rowsSql === undefined ? quoteName(name) : `(${rowsSql})`;
    return [`${source} ${this.alias}`, ...this.#joins].join(' ');
  }

  /** Leaves only the records that the user owns, as USING SCOPE mine asks. */
  keepOwn(): void {
    if (this.request.core.schema.field(this.object, 'OwnerId') === undefined) {
      throw new OrgError('INVALID_QUERY_SCOPE', `The scope mine is not supported for ${this.object.name}`);
    }
    this.#ownOnly = true;
  }

  /** Rows that are there for this user: shared, and neither deleted nor archived unless asked for. */
  visible(): string {
    const { core, user, includeDeleted } = this.request;
    const conditions = [this.binder.adopt(visibleSql(core, user, this.object, this.alias))];
    if (!includeDeleted && core.schema.field(this.object, 'IsDeleted') !== undefined)
      conditions.push(`${this.alias}."IsDeleted" = 0`);
    if (!includeDeleted && (this.object.name === 'Task' || this.object.name === 'Event'))
      conditions.push(
        `(${columnsOf(archivedSql(this.object.name, this.binder.bind(archiveDay(core.clock))), this.alias)}) is not true`,
      );
    if (this.#ownOnly) conditions.push(`${this.alias}."OwnerId" = ${this.binder.bind(user.userId)}`);
    return conditions.filter((each) => each !== '1').join(' and ') || '1';
  }

  /** Resolves `Owner.Name`, `l.Company` or `Id`; throws INVALID_FIELD for what is not there or may not be read. */
  column(pathText: string): Column {
    const path = pathText.split('.');
    const place = this.place(path.slice(0, -1), pathText);
    return this.columnAt(place, path.at(-1) ?? '', pathText);
  }

  columnAt(place: Place, fieldName: string, token: string): Column {
    const found = place.polymorphic ? this.#nameColumn(place, fieldName) : this.#ownColumn(place.tables[0], fieldName);
    if (found !== undefined) return { ...found, path: [...place.path, found.field.name] };
    const entity = place.polymorphic ? 'Name' : (place.tables[0]?.object.name ?? '');
    throw this.request.errors.noSuchColumn(fieldName, entity, token);
  }

  /** The tables a chain of relationship names leads to, joined once however often it is used. */
  place(relationships: readonly string[], token: string): Place {
    let place = this.root;
    for (const name of this.#fromRoot(relationships)) place = this.#step(place, name, token);
    return place;
  }

  /** A path from the queried object on, whatever names it began with. */
  #fromRoot(path: readonly string[]): readonly string[] {
    const [first = '', ...rest] = path;
    if (this.request.core.schema.relationship(this.object, first) !== undefined) return path;
    const relation = this.#relations.get(toKey(first));
    if (relation !== undefined) return [...relation, ...rest];
    return this.#names.has(toKey(first)) ? rest : path;
  }

  #step(from: Place, name: string, token: string): Place {
    const key = [...from.path, name].join('.').toLowerCase();
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const { relationships, errors } = this.request;
    relationships.addParent(errors, `${this.object.name}.${key}`, from.path.length + 1, token);
    const isThere = !from.polymorphic || NAME_ENTITY_PARENTS.has(name.toLowerCase());
    const tables = isThere ? from.tables.flatMap((table) => this.#joinParents(table, name)) : [];
    const [relationship] = from.tables.flatMap((table) => this.#readableRelationship(table, name) ?? []);
    if (tables.length === 0 || relationship?.relationshipName === undefined)
      throw errors.noSuchRelationship(name, token);
    const polymorphic = (relationship.referenceTo?.length ?? 0) > 1;
    const place = { tables, polymorphic, path: [...from.path, relationship.relationshipName] };
    this.#places.set(key, place);
    return place;
  }

  #readableRelationship(table: Table, name: string): FieldDef | undefined {
    const { core, user } = this.request;
    const field = core.schema.relationship(table.object, name);
    return field && user.access.field(table.object.name, field.name).read ? field : undefined;
  }

  #joinParents(table: Table, name: string): Table[] {
    const { core, user } = this.request;
    const field = this.#readableRelationship(table, name);
    if (field === undefined) return [];
    return (field.referenceTo ?? []).flatMap((target) => {
      const object = core.schema.find(target);
      if (object === undefined || !user.access.object(target).read) return [];
      const alias = this.request.nextAlias();
      const visible = this.binder.adopt(visibleSql(core, user, object, alias));
      const condition = `${alias}."Id" = ${columnSql(field, table.alias)}${visible === '1' ? '' : ` and ${visible}`}`;
      this.#joins.push(`left join ${quoteName(object.name)} ${alias} on ${condition}`);
      return [{ alias, object }];
    });
  }

  #ownColumn(table: Table | undefined, fieldName: string): Omit<Column, 'path'> | undefined {
    const field = table && this.readableField(table.object, fieldName);
    return table && field && { sql: columnSql(field, table.alias), field };
  }

  /** A polymorphic parent answers with the fields that `Name` has, from whichever table holds the record. */
  #nameColumn(place: Place, fieldName: string): Omit<Column, 'path'> | undefined {
    const field = NAME_ENTITY_FIELDS.get(fieldName.toLowerCase());
    if (field === undefined) return undefined;
    if (field.name === 'Type') return { sql: this.#typeSql(place), field };
    const cases = place.tables.flatMap((table) => {
      const own = this.readableField(table.object, fieldName);
      return own === undefined ? [] : [`when ${table.alias}."Id" is not null then ${columnSql(own, table.alias)}`];
    });
    const sql = cases.length === 0 ? 'null' : `case ${cases.join(' ')} end`;
    return { sql, field };
  }

  /** `Queue` for a queue, else the name of the object that holds the record. */
  #typeSql(place: Place): string {
    const cases = place.tables.map(({ alias, object }) => {
      const name = object.name === 'Group' ? `${alias}."Type"` : this.binder.bind(object.name);
      return `when ${alias}."Id" is not null then ${name}`;
    });
    return `case ${cases.join(' ')} end`;
  }

  /** A field that this user may read; formulas without SQL cannot be queried. */
  readableField(object: ObjectDef, fieldName: string): FieldDef | undefined {
    const field = this.request.core.schema.field(object, fieldName);
    if (field === undefined || (field.formula !== undefined && field.sql === undefined)) return undefined;
    return this.request.user.access.field(object.name, field.name).read ? field : undefined;
  }
}

const toKey = (name: string): string => name.toLowerCase();

/** The SQL of a stored or computed field. */
function columnSql(field: FieldDef, alias: string): string {
  if (field.sql === undefined) return `${alias}.${quoteName(field.name)}`;
  return `(${columnsOf(field.sql, alias)})`;
}

const columnsOf = (sql: string, alias: string): string =>
  sql.replace(/\{(\w+)\}/g, (_, name: string) => `${alias}.${quoteName(name)}`);
