import type { Org } from '../../data/org-core.ts';
import type { ObjectDef, UserContext } from '../../data/types.ts';
import { isReadable } from '../../ui-api/field-tree.ts';
import type { LayoutItem, LayoutSection } from '../shell-context.ts';
import { childrenOf, parseMetadata, textOf, type XmlNode } from './parse-metadata.ts';
import { standardLayout } from './standard-layouts.ts';

/** The sections of an object's page layout with the fields that the user may read; empty sections are left out. */
export function readLayout(org: Org, user: UserContext, object: ObjectDef): readonly LayoutSection[] {
  const visible = (item: LayoutItem): boolean => {
    const field = org.core.schema.field(object, item.field);
    return field !== undefined && isReadable(user, object, field);
  };
  return (deployedLayout(org, object) ?? standardLayout(object))
    .map(({ label, columns }) => ({ label, columns: columns.map((column) => column.filter(visible)) }))
    .filter(({ columns }) => columns.some((column) => column.length > 0));
}

/** The fields beside the name at the head of a record page. */
export function highlightsOf(sections: readonly LayoutSection[], object: ObjectDef): readonly string[] {
  const shown = sections.flatMap(({ columns }) => columns.flat()).map((item) => item.field);
  if (object.name === 'Lead')
    return ['Title', 'Company', 'Phone', 'Email', 'Status'].filter((name) => shown.includes(name));
  return shown.filter((name) => name !== 'Name' && !SYSTEM_FIELDS.has(name)).slice(0, 5);
}

const SYSTEM_FIELDS = new Set(['CreatedById', 'LastModifiedById', 'OwnerId']);

function deployedLayout(org: Org, object: ObjectDef): readonly LayoutSection[] | undefined {
  const name = org.metadataNames('Layout').find((each) => each.startsWith(`${object.name}-`));
  const [file] = name === undefined ? [] : org.metadataFiles('Layout', name).values();
  return file && childrenOf(parseMetadata(file), 'layoutSections').map(toSection);
}

const toSection = (node: XmlNode): LayoutSection => ({
  label: textOf(node, 'label') ?? '',
  columns: childrenOf(node, 'layoutColumns').map((column) =>
    childrenOf(column, 'layoutItems').flatMap((item) => {
      const field = textOf(item, 'field');
      return field === undefined ? [] : { field, readOnly: textOf(item, 'behavior') === 'Readonly' };
    }),
  ),
});
