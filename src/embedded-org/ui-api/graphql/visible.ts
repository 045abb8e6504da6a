import type { FieldDef, ObjectDef, Schema, UserContext } from '../../data/types.ts';
import { isReadable } from '../field-tree.ts';

export type ParentLink = {
  readonly name: string;
  readonly reference: FieldDef;
  readonly objects: readonly ObjectDef[];
};

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
    return this.#schema.all().filter((object) => this.#isMentioned(object.name) && this.#mayRead(object));
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
      if (name === undefined || !child || !reference || !this.#isMentioned(name)) return [];
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
