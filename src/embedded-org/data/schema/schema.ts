import type { DatabaseSync } from 'node:sqlite';
import type { ChildRelationship, FieldDef, ObjectDef, Schema } from '../types.ts';
import { recordType } from './field-builders.ts';
import { standardObjects } from './standard-objects.ts';
import { dropColumn, dropTable, synchroniseTable } from './tables.ts';

/** Opens the registry of objects over a database and brings its tables up to date. */
export function createSchema(db: DatabaseSync): Schema {
  return new SchemaRegistry(db);
}

/** Objects by name without regard to case; what was deployed is kept in the database, the standard part in code. */
class SchemaRegistry implements Schema {
  readonly #db: DatabaseSync;
  #entries = new Map<string, Entry>();
  #byPrefix = new Map<string, ObjectDef>();
  #children: Map<string, ChildRelationship[]> | undefined;
  /** Names of objects whose tables are held back. */
  #waiting: Set<string> | undefined;

  constructor(db: DatabaseSync) {
    this.#db = db;
    db.exec('create table if not exists _object (name text primary key collate nocase, definition text not null)');
    this.reload();
    for (const object of this.all()) synchroniseTable(db, object);
  }

  reload(): void {
    this.#entries = new Map();
    this.#byPrefix = new Map();
    for (const object of standardObjects) this.#register(object);
    const rows = this.#db.prepare('select definition from _object').all() as { definition: string }[];
    for (const row of rows)
      this.#register(withRecordType(this.#withStandardFields(JSON.parse(row.definition) as ObjectDef)));
  }

  find(objectName: string): ObjectDef | undefined {
    return this.#entries.get(objectName.toLowerCase())?.object;
  }

  field(object: ObjectDef, fieldName: string): FieldDef | undefined {
    return this.#entry(object)?.fields.get(fieldName.toLowerCase());
  }

  relationship(object: ObjectDef, relationshipName: string): FieldDef | undefined {
    return this.#entry(object)?.relationships.get(relationshipName.toLowerCase());
  }

  children(objectName: string): readonly ChildRelationship[] {
    this.#children ??= findChildren(this.all());
    return this.#children.get(objectName.toLowerCase()) ?? [];
  }

  byPrefix(keyPrefix: string): ObjectDef | undefined {
    return this.#byPrefix.get(keyPrefix);
  }

  all(): readonly ObjectDef[] {
    return [...this.#entries.values()].map((entry) => entry.object);
  }

  define(given: ObjectDef): void {
    const object = withRecordType(given);
    if (this.#waiting) this.#waiting.add(object.name);
    else synchroniseTable(this.#db, object);
    this.#persist(object);
    this.#register(object);
  }

  defineTogether<Result>(work: () => Result): Result {
    const waiting = new Set<string>();
    this.#waiting = waiting;
    const result = this.#released(work);
    for (const object of [...waiting].flatMap((name) => this.find(name) ?? [])) synchroniseTable(this.#db, object);
    return result;
  }

  #released<Result>(work: () => Result): Result {
    try {
      return work();
    } finally {
      this.#waiting = undefined;
    }
  }

  remove(objectName: string, fieldName?: string): void {
    const object = this.find(objectName);
    if (object === undefined) return;
    if (fieldName !== undefined) return this.#removeField(object, fieldName);
    dropTable(this.#db, object.name);
    this.#db.prepare('delete from _object where name = ?').run(object.name);
    this.reload();
  }

  #removeField(object: ObjectDef, fieldName: string): void {
    const field = this.field(object, fieldName);
    if (field === undefined) return;
    dropColumn(this.#db, object, field);
    const rest = { ...object, fields: object.fields.filter((each) => each !== field) };
    this.#persist(rest);
    this.#register(rest);
  }

  #persist(object: ObjectDef): void {
    this.#db
      .prepare(
        'insert into _object (name, definition) values (?, ?) on conflict (name) do update set definition = excluded.definition',
      )
      .run(object.name, JSON.stringify(object));
  }

  /** What a newer version of this program knows of standard fields is added to a definition stored by an older one: new ones, and how they are worked out. */
  #withStandardFields(stored: ObjectDef): ObjectDef {
    const base = this.find(stored.name);
    if (base === undefined) return stored;
    const known = new Set(stored.fields.map((field) => field.name));
    const computed = new Map(base.fields.flatMap(({ name, sql }) => (sql === undefined ? [] : [[name, sql] as const])));
    const kept = stored.fields.map((field) => {
      const sql = computed.get(field.name);
      return sql === undefined ? field : { ...field, sql };
    });
    const fields = [...kept, ...base.fields.filter((field) => !known.has(field.name))];
    return { ...withStandardSharing(stored, base), fields };
  }

  #entry(object: ObjectDef): Entry | undefined {
    const entry = this.#entries.get(object.name.toLowerCase());
    return entry?.object === object ? entry : toEntry(object);
  }

  #register(object: ObjectDef): void {
    this.#entries.set(object.name.toLowerCase(), toEntry(object));
    if (object.keyPrefix !== '') this.#byPrefix.set(object.keyPrefix, object);
    this.#children = undefined;
  }
}

/** What a record is shared with is not a deployment's to say, and without an owner column neither is whether it is. */
function withStandardSharing(stored: ObjectDef, base: ObjectDef): ObjectDef {
  const { sharingParent, sharingParentElse, personFields } = base;
  return {
    ...stored,
    ...(sharingParent === undefined ? {} : { sharingParent }),
    ...(sharingParentElse === undefined ? {} : { sharingParentElse }),
    ...(personFields === undefined ? {} : { personFields }),
    sharingModel: base.sharingModel === 'ControlledByParent' ? base.sharingModel : stored.sharingModel,
  };
}

/** Records of custom objects have record types, too. */
function withRecordType(object: ObjectDef): ObjectDef {
  const isKnown = !object.name.endsWith('__c') || object.fields.some((field) => field.name === 'RecordTypeId');
  return isKnown ? object : { ...object, fields: [...object.fields, recordType()] };
}

type Entry = {
  readonly object: ObjectDef;
  readonly fields: ReadonlyMap<string, FieldDef>;
  readonly relationships: ReadonlyMap<string, FieldDef>;
};

function toEntry(object: ObjectDef): Entry {
  const fields = new Map<string, FieldDef>();
  const relationships = new Map<string, FieldDef>();
  for (const field of object.fields) {
    fields.set(field.name.toLowerCase(), field);
    if (field.relationshipName !== undefined) relationships.set(field.relationshipName.toLowerCase(), field);
  }
  return { object, fields, relationships };
}

function findChildren(objects: readonly ObjectDef[]): Map<string, ChildRelationship[]> {
  const children = new Map<string, ChildRelationship[]>();
  for (const object of objects)
    for (const field of object.fields)
      for (const target of field.referenceTo ?? []) {
        const list = children.get(target.toLowerCase()) ?? [];
        // A list that an account could have by two references is the one of the first.
        const isTwice = object.rowsSql !== undefined && list.some((each) => each.childSObject === object.name);
        if (!isTwice) list.push(toChild(object, field));
        children.set(target.toLowerCase(), list);
      }
  return children;
}

const toChild = (object: ObjectDef, field: FieldDef): ChildRelationship => ({
  childSObject: object.name,
  field: field.name,
  relationshipName: field.childRelationshipName,
  cascadeDelete: field.deleteConstraint === 'Cascade',
  restrictedDelete: field.deleteConstraint === 'Restrict',
});
