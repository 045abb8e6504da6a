import type { Org } from '../../data/org-core.ts';
import type { FieldDef, ObjectDef, UserContext } from '../../data/types.ts';
import { isReadable } from '../field-tree.ts';
import type { LayoutItem, LayoutSection } from './layout-section.ts';
import { allOf, parseXml, textOf, type XmlElement } from '../../metadata/xml-element.ts';
import { type FieldPlan, type SectionPlan, standardLayout } from './standard-layouts.ts';

/** The sections of an object's page layout with the fields that the user may read; empty sections are left out. */
export function readLayout(org: Org, user: UserContext, object: ObjectDef): readonly LayoutSection[] {
  const toItem = ({ field: name, readOnly, required }: FieldPlan): readonly LayoutItem[] => {
    const field = org.core.schema.field(object, name);
    if (!field || !isReadable(user, object, field)) return [];
    return [{ field: field.name, label: labelOn(object, field), readOnly, required: required === true }];
  };
  return (deployedLayout(org, object) ?? standardLayout(object))
    .map(({ label, columns }) => ({ label, columns: columns.map((column) => column.flatMap(toItem)) }))
    .filter(({ columns }) => columns.some((column) => column.length > 0));
}

export type LayoutType = 'Compact' | 'Full';

/** Paths of the fields that a layout shows: the parts of a name, and of a reference its record's name too. */
export function layoutFieldNames(org: Org, user: UserContext, object: ObjectDef, type: LayoutType): readonly string[] {
  const sections = readLayout(org, user, object);
  const items = type === 'Full' ? sections.flatMap(({ columns }) => columns.flat()) : highlightsOf(sections, object);
  const name = object.fields.find((field) => field.nameField)?.name;
  const fields = [...(name === undefined ? [] : [name]), ...items.map((item) => item.field)];
  return [...new Set(fields)].flatMap((each) => pathsOf(org, object, each));
}

function pathsOf(org: Org, object: ObjectDef, fieldName: string): readonly string[] {
  const field = org.core.schema.field(object, fieldName);
  const parts = partsOf(object, fieldName).map((part) => part.name);
  return field?.relationshipName ? [fieldName, `${field.relationshipName}.Name`] : [fieldName, ...parts];
}

/** The fields that a compound field such as a person's name is made of. */
export const partsOf = (object: ObjectDef, fieldName: string): readonly FieldDef[] =>
  object.fields.filter((field) => field.compoundFieldName === fieldName && field.name !== fieldName);

/** The fields beside the name at the head of a record page. */
export function highlightsOf(sections: readonly LayoutSection[], object: ObjectDef): readonly LayoutItem[] {
  const items = sections.flatMap(({ columns }) => columns.flat());
  const named = HIGHLIGHTS[object.name];
  const chosen = named?.flatMap((name) => items.find((item) => item.field === name) ?? []);
  const owner = items.filter((item) => item.field === 'OwnerId');
  return chosen ?? [...items.filter((item) => !NO_HIGHLIGHTS.has(item.field)).slice(0, 4), ...owner];
}

/** Pages speak of the owner and of people, not of their ids. */
export function labelOn(object: ObjectDef, field: FieldDef): string {
  if (field.name === 'OwnerId') return `${object.label} Owner`;
  if (field.nameField && field.name === 'Name' && !object.custom) return 'Name';
  return field.type === 'reference' ? field.label.replace(/ ID$/, '') : field.label;
}

/** The compact layouts that Salesforce's objects come with. */
const HIGHLIGHTS: Readonly<Record<string, readonly string[]>> = {
  Account: ['Type', 'Phone', 'Website', 'OwnerId', 'Industry'],
  Campaign: ['Type', 'Status', 'StartDate', 'EndDate', 'OwnerId'],
  Contact: ['AccountId', 'Title', 'Phone', 'Email', 'OwnerId'],
  Lead: ['Title', 'Company', 'Phone', 'Email', 'Status', 'OwnerId'],
  Opportunity: ['AccountId', 'CloseDate', 'Amount', 'OwnerId'],
};

const NO_HIGHLIGHTS = new Set(['Name', 'CreatedById', 'LastModifiedById', 'OwnerId']);

function deployedLayout(org: Org, object: ObjectDef): readonly SectionPlan[] | undefined {
  const file = layoutFile(org, object);
  return file && allOf(file, 'layoutSections').map(toSection);
}

/** The file of the layout that was deployed for an object. */
export function layoutFile(
  org: Pick<Org, 'metadataNames' | 'metadataFiles'>,
  object: ObjectDef,
): XmlElement | undefined {
  const name = org.metadataNames('Layout').find((each) => each.startsWith(`${object.name}-`));
  const [file] = name === undefined ? [] : org.metadataFiles('Layout', name).values();
  return file && parseXml(file);
}

const toSection = (node: XmlElement): SectionPlan => ({
  label: textOf(node, 'label') ?? '',
  columns: allOf(node, 'layoutColumns').map((column) =>
    allOf(column, 'layoutItems').flatMap((item) => {
      const field = textOf(item, 'field');
      const behavior = textOf(item, 'behavior');
      return field === undefined ? [] : { field, readOnly: behavior === 'Readonly', required: behavior === 'Required' };
    }),
  ),
});
