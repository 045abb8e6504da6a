import type { OrgCore } from '../org-core.ts';
import type { FieldDef, ObjectDef, UserContext } from '../types.ts';

type StoredRow = Readonly<Record<string, unknown>>;

/** The references that lead to the record an object is shared with; the first one that is filled counts. */
export const parentFields = (core: OrgCore, object: ObjectDef): readonly FieldDef[] =>
  fieldsOf(core, object, [object.sharingParent, object.sharingParentElse]);

/** The references to the person whose fields a record shows; the first one that is filled counts. */
export const personFields = (core: OrgCore, object: ObjectDef): readonly FieldDef[] =>
  fieldsOf(core, object, object.personFields ?? []);

const fieldsOf = (core: OrgCore, object: ObjectDef, names: readonly (string | undefined)[]): readonly FieldDef[] =>
  names.flatMap((name) => (name === undefined ? [] : (core.schema.field(object, name) ?? [])));

/** The id of the record that a row is shared with. */
export const parentIdOf = (core: OrgCore, object: ObjectDef, row: StoredRow): string | undefined =>
  firstId(parentFields(core, object), row);

export function firstId(fields: readonly FieldDef[], row: StoredRow): string | undefined {
  const ids = fields.map((field) => row[field.name]);
  return ids.find((id): id is string => typeof id === 'string');
}

/**
 * Whose a record is that lacks its parent: one person's alone, without those above, whatever the sharing model.
 *
 * Undefined for objects whose records cannot be without one.
 */
export function soleOwnerField(core: OrgCore, object: ObjectDef): FieldDef | undefined {
  if (!parentFields(core, object).some((field) => field.nillable)) return undefined;
  const owner = core.schema.field(object, 'OwnerId');
  return object.sharingModel === 'ControlledByParent' ? (owner ?? core.schema.field(object, 'CreatedById')) : owner;
}

export function isSoleOwner(core: OrgCore, user: UserContext, object: ObjectDef, row: StoredRow): boolean {
  const field = soleOwnerField(core, object);
  return field !== undefined && row[field.name] === user.userId;
}
