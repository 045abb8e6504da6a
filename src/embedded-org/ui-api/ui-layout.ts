import type { Org } from '../data/org-core.ts';
import type { ObjectDef, UserContext } from '../data/types.ts';
import { etagOf } from './etag.ts';
import { highlightsOf, type LayoutType, partsOf, readLayout } from './metadata/read-layout.ts';
import type { LayoutItem, LayoutSection } from './metadata/layout-section.ts';
import { defaultRecordTypeId, isRecordTypeOf } from './record-type-info.ts';
import { illegalValue, notFound } from './ui-route.ts';

export type LayoutMode = 'View' | 'Edit' | 'Create';

const TYPES: readonly LayoutType[] = ['Full', 'Compact'];
const MODES: readonly LayoutMode[] = ['View', 'Edit', 'Create'];

/** The layout types of a request; throws ILLEGAL_QUERY_PARAMETER_VALUE for others. */
export const toLayoutTypes = (values: readonly string[]): readonly LayoutType[] =>
  values.map((value) => oneOf(TYPES, 'layoutTypes', value));

export const toLayoutModes = (values: readonly string[]): readonly LayoutMode[] =>
  values.map((value) => oneOf(MODES, 'modes', value));

function oneOf<T extends string>(known: readonly T[], name: string, value: string): T {
  const found = known.find((each) => each === value);
  if (found === undefined) throw illegalValue(name, value);
  return found;
}

export type UiLayout = Readonly<Record<string, unknown>> & { readonly id: string };

/** A layout of an object with what the user may read of it; every record type has the same. */
export function readUiLayout(
  org: Org,
  user: UserContext,
  object: ObjectDef,
  { layoutType, mode, recordTypeId }: { layoutType: LayoutType; mode: LayoutMode; recordTypeId?: string | undefined },
): UiLayout {
  const recordType = recordTypeId ?? defaultRecordTypeId(org, user, object);
  if (!isRecordTypeOf(org, object, recordType)) throw notFound();
  const full = readLayout(org, user, object);
  const compact = { label: 'Compact', columns: [highlightsOf(full, object)] };
  const sections = (layoutType === 'Full' ? full : [compact]).map((section, index) =>
    toSection(org, user, object, section, index),
  );
  const layout = { layoutType, mode, objectApiName: object.name, recordTypeId: recordType, saveOptions: [] };
  return { eTag: etagOf(sections), id: `${object.keyPrefix}-${layoutType}`, ...layout, sections };
}

function toSection(
  org: Org,
  user: UserContext,
  object: ObjectDef,
  { label, columns }: LayoutSection,
  index: number,
): Record<string, unknown> {
  const rows = Math.max(...columns.map((column) => column.length));
  const layoutRows = Array.from({ length: rows }, (_, row) => ({
    layoutItems: columns.map((column) => toItem(org, user, object, column[row])),
  }));
  const id = `${object.keyPrefix}-section-${index + 1}`;
  return { collapsible: false, columns: columns.length, heading: label, id, layoutRows, rows, useHeading: true };
}

function toItem(org: Org, user: UserContext, object: ObjectDef, item: LayoutItem | undefined): Record<string, unknown> {
  const field = item && org.core.schema.field(object, item.field);
  if (!item || !field) return EMPTY_ITEM;
  const parts = partsOf(object, field.name);
  const shown = parts.length > 0 ? parts : [field];
  const mayEdit = !item.readOnly && shown.some((each) => user.access.field(object.name, each.name).edit);
  return {
    editableForNew: mayEdit && shown.some((each) => each.createable),
    editableForUpdate: mayEdit && shown.some((each) => each.updateable),
    label: item.label,
    layoutComponents: shown.map(({ name, label }) => ({ apiName: name, componentType: 'Field', label })),
    lookupIdApiName: field.type === 'reference' ? field.name : null,
    required: item.required || (shown.some((each) => !each.nillable && each.createable) && mayEdit),
    sortable: false,
  };
}

const EMPTY_ITEM = {
  editableForNew: false,
  editableForUpdate: false,
  label: '',
  layoutComponents: [{ apiName: null, componentType: 'EmptySpace', label: null }],
  lookupIdApiName: null,
  required: false,
  sortable: false,
};
