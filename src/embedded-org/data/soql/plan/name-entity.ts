import { flag, lookup, text, field, phone } from '../../schema/field-builders.ts';
import type { FieldDef } from '../../types.ts';

const fields: readonly FieldDef[] = [
  field('Id', 'id', { length: 18 }),
  text('Name', 121, { nameField: true }),
  text('FirstName', 40),
  text('LastName', 80),
  text('Type', 40),
  text('Alias', 8),
  text('Title', 128),
  text('Username', 80),
  field('Email', 'email', { length: 80 }),
  phone('Phone'),
  flag('IsActive'),
  lookup('ProfileId', ['Profile']),
  lookup('UserRoleId', ['UserRole']),
];

/** The fields of `Name`, the entity that stands for the records a polymorphic relationship can point to. */
export const NAME_ENTITY_FIELDS: ReadonlyMap<string, FieldDef> = new Map(
  fields.map((each) => [each.name.toLowerCase(), each]),
);

/** The relationships of `Name`, both of users. */
export const NAME_ENTITY_PARENTS: ReadonlySet<string> = new Set(['profile', 'userrole']);
