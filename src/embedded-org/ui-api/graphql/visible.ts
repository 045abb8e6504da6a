import type { FieldDef, ObjectAccess, ObjectDef, Schema, UserContext } from '../../data/types.ts';
import { isReadable } from '../field-tree.ts';
import { isServed, isServedByGraphQl } from '../supported-objects.ts';

export type ParentLink = {
  readonly name: string;
  readonly reference: FieldDef;
  readonly objects: readonly ObjectDef[];
};

/** The object whose fields a filter or order beyond a reference names; of several that of people, who own most records. */
export const spannedObject = ({ objects }: ParentLink): ObjectDef | undefined =>
  objects.find(({ name }) => name === 'User') ?? objects[0];

export type ChildLink = { readonly name: string; readonly object: ObjectDef; readonly reference: FieldDef };

/**
 * What of the org's objects a document can mean: names that occur in it and that the user may read.
 *
 * A schema of these few names is built for each request, so it always follows the user's permissions of the moment.
 */
export class Visible {
  readonly #schema: Schema;
  readonly #user: UserContext;
  readonly #mentioned: ReadonlySet<string> | undefined;

  /** `mentioned` undefined means every name, for introspection. */
  constructor(schema: Schema, user: UserContext, mentioned: ReadonlySet<string> | undefined) {
    this.#schema = schema;
    this.#user = user;
    this.#mentioned = mentioned;
  }

  objects(): readonly ObjectDef[] {
    return this.#schema
      .all()
      .filter((object) => isServedByGraphQl(object) && this.#isMentioned(object.name) && this.#mayRead(object));
  }

  /** Whether the user may read a field, be it named in the document or not. */
  mayRead(object: ObjectDef, fieldName: string): boolean {
    const field = this.#schema.field(object, fieldName);
    return field !== undefined && isReadable(this.#user, object, field);
  }

  /** What the user may do with an object. */
  access(object: ObjectDef): ObjectAccess {
    return this.#user.access.object(object.name);
  }

  mayWrite(object: ObjectDef, field: FieldDef): boolean {
    return this.#user.access.field(object.name, field.name).edit;
  }

  /** Whether a name made of an object's occurs, such as `LeadCreate`. */
  names(name: string): boolean {
    return this.#isMentioned(name);
  }

  /** Every object that the user may read and UI API serves for writing. */
  writable(): readonly ObjectDef[] {
    return this.#schema.all().filter((object) => isServed(object) && this.#mayRead(object));
  }

  /** The fields of an object, without Id, which every record has. */
  fields(object: ObjectDef): readonly FieldDef[] {
    return object.fields.filter((field) => this.#isMentioned(field.name) && isReadable(this.#user, object, field));
  }

  parents(object: ObjectDef): readonly ParentLink[] {
    return object.fields.flatMap((reference) => {
      const name = reference.relationshipName;
      if (name === undefined || !this.#isMentioned(name) || !isReadable(this.#user, object, reference)) return [];
      const objects = (reference.referenceTo ?? [])
        .flatMap((each) => this.#schema.find(each) ?? [])
        .filter((each) => this.#mayRead(each));
      return objects.length > 0 ? [{ name, reference, objects }] : [];
    });
  }

  children(object: ObjectDef): readonly ChildLink[] {
    return this.#schema.children(object.name).flatMap(({ childSObject, field, relationshipName: name }) => {
      const child = this.#schema.find(childSObject);
      const reference = child && this.#schema.field(child, field);
      if (name === undefined || !child || !reference || !this.#isMentioned(name) || !isServedByGraphQl(child))
        return [];
      return isReadable(this.#user, child, reference) ? [{ name, object: child, reference }] : [];
    });
  }

  #isMentioned(name: string): boolean {
    return this.#mentioned === undefined || this.#mentioned.has(name);
  }

  #mayRead(object: ObjectDef): boolean {
    return object.queryable && (object.setup || this.#user.access.object(object.name).read);
  }
}
