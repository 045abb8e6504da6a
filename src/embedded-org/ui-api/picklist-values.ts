import type { Org } from '../data/org-core.ts';
import { OrgError } from '../data/org-error.ts';
import type { UserContext } from '../data/types.ts';
import { isReadable } from './field-tree.ts';

/** The active values of a picklist field that the user may read, in their order. */
export function readPicklistValues(
  org: Org,
  user: UserContext,
  objectName: string,
  fieldName: string,
): Record<string, unknown> {
  const { schema } = org.core;
  const object = schema.find(objectName);
  const field = object && schema.field(object, fieldName);
  if (!object || !field?.picklist || !isReadable(user, object, field)) {
    throw new OrgError('NOT_FOUND', 'The requested resource does not exist', 404);
  }
  const values = field.picklist.values
    .filter((value) => value.active)
    .map(({ value, label }) => ({ attributes: null, label, validFor: [], value }));
  const initial = field.picklist.values.find((value) => value.isDefault);
  return {
    controllerValues: {},
    defaultValue: initial ? { attributes: null, label: initial.label, validFor: [], value: initial.value } : null,
    values,
  };
}
