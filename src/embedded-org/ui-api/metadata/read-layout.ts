import type { Org } from '../../data/org-core.ts';
import type { FieldDef, ObjectDef, UserContext } from '../../data/types.ts';
import { isReadable } from '../../ui-api/field-tree.ts';
import type { LayoutItem, LayoutSection } from '../shell-context.ts';
import { childrenOf, parseMetadata, textOf, type XmlNode } from './parse-metadata.ts';
import { type FieldPlan, type SectionPlan, standardLayout } from './standard-layouts.ts';

/** The sections of an object's page layout with the fields that the user may read; empty sections are left out. */
export function readLayout(org: Org, user: UserContext, object: ObjectDef): readonly LayoutSection[] {
  const toItem = ({ field: name, readOnly }: FieldPlan): readonly LayoutItem[] => {
    const field = org.core.schema.field(object, name);
    if (!field || !isReadable(user, object, field)) return [];
    return [{ field: field.name, label: labelOn(object, field), readOnly }];
  };
  return (deployedLayout(org, object) ?? standardLayout(object))
    .map(({ label, columns }) => ({ label, columns: columns.map((column) => column.flatMap(toItem)) }))
    .filter(({ columns }) => columns.some((column) => column.length > 0));
}

/** The fields beside the name at the head of a record page. */
export function highlightsOf(sections: readonly LayoutSection[], object: ObjectDef): readonly LayoutItem[] {
  const items = sections.flatMap(({ columns }) => columns.flat());
  const named = LEAD_HIGHLIGHTS.flatMap((name) => items.find((item) => item.field === name) ?? []);
  return object.name === 'Lead' ? named : items.filter((item) => !NO_HIGHLIGHTS.has(item.field)).slice(0, 5);
}

/** Pages speak of the owner and of people, not of their ids. */
export function labelOn(object: ObjectDef, field: FieldDef): string {
  if (field.name === 'OwnerId') return `${object.label} Owner`;
  if (field.nameField && field.name === 'Name' && !object.custom) return 'Name';
  return field.type === 'reference' ? field.label.replace(/ ID$/, '') : field.label;
}

const LEAD_HIGHLIGHTS = ['Title', 'Company', 'Phone', 'Email', 'Status', 'OwnerId'];

const NO_HIGHLIGHTS = new Set(['Name', 'CreatedById', 'LastModifiedById', 'OwnerId']);

function deployedLayout(org: Org, object: ObjectDef): readonly SectionPlan[] | undefined {
  const name = org.metadataNames('Layout').find((each) => each.startsWith(`${object.name}-`));
  const [file] = name === undefined ? [] : org.metadataFiles('Layout', name).values();
  return file && childrenOf(parseMetadata(file), 'layoutSections').map(toSection);
}

const toSection = (node: XmlNode): SectionPlan => ({
  label: textOf(node, 'label') ?? '',
  columns: childrenOf(node, 'layoutColumns').map((column) =>
    childrenOf(column, 'layoutItems').flatMap((item) => {
      const field = textOf(item, 'field');
      return field === undefined ? [] : { field, readOnly: textOf(item, 'behavior') === 'Readonly' };
    }),
  ),
});
