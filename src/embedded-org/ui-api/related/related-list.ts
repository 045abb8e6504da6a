import type { Org } from '../../data/org-core.ts';
import type { FieldDef, ObjectDef, UserContext } from '../../data/types.ts';
import { isReadable } from '../field-tree.ts';
import { columnPath } from '../lists/list-columns.ts';
import type { SortOrder } from '../lists/list-view.ts';
import { defaultColumns } from '../lists/standard-list-views.ts';
import { allOf, textOf, textsOf, type XmlElement } from '../../metadata/xml-element.ts';
import { layoutFile } from '../metadata/read-layout.ts';
import { isServed, notServed } from '../supported-objects.ts';
import { notFound } from '../ui-route.ts';

/** Records that point at a parent, as its page shows them. */
export type RelatedList = {
  /** Name of the child relationship, e.g. `CampaignMembers`. */
  readonly id: string;
  readonly label: string;
  readonly parent: ObjectDef;
  readonly object: ObjectDef;
  readonly reference: FieldDef;
  readonly columns: readonly string[];
  readonly order: readonly SortOrder[];
};

/** The related lists on the page of an object whose records the user may read: its layout's, or all where none was deployed. */
export function relatedListsOf(org: Org, user: UserContext, parent: ObjectDef): readonly RelatedList[] {
  const all = everyList(org, user, parent);
  const file = layoutFile(org, parent);
  if (!file) {
    const standard = (STANDARD[parent.name] ?? []).flatMap((id) => all.find((list) => list.id === id) ?? []);
    return [...standard, ...all.filter(({ object }) => object.custom)];
  }
  return allOf(file, 'relatedLists').flatMap((node) => {
    const [objectName = '', fieldName = ''] = (textOf(node, 'relatedList') ?? '').split('.');
    const list = all.find(({ object, reference }) => object.name === objectName && reference.name === fieldName);
    return list ? withLayout(org, list, node) : [];
  });
}

/** A related list by its relationship; throws for one that is not there or whose records UI API does not serve. */
export function findRelatedList(org: Org, user: UserContext, parent: ObjectDef, id: string): RelatedList {
  const named = (list: RelatedList): boolean => list.id.toLowerCase() === id.toLowerCase();
  const found = relatedListsOf(org, user, parent).find(named) ?? everyList(org, user, parent).find(named);
  if (found) return found;
  const child = org.core.schema.children(parent.name).find((each) => each.relationshipName === id);
  const object = child && org.core.schema.find(child.childSObject);
  throw object && !isServed(object) ? notServed(object.name) : notFound();
}

/** Related lists of Salesforce's own layouts, by parent. */
const STANDARD: Readonly<Record<string, readonly string[]>> = {
  Account: ['Contacts', 'Opportunities'],
  Campaign: ['CampaignMembers', 'Opportunities', 'ChildCampaigns'],
  Contact: ['CampaignMembers'],
  Lead: ['CampaignMembers'],
};

const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  CampaignMember: ['Campaign.Name', 'Name', 'Status', 'FirstRespondedDate'],
  Contact: ['Name', 'Title', 'Email', 'Phone'],
  Lead: ['Name', 'Company', 'Status', 'Email'],
  Opportunity: ['Name', 'StageName', 'Amount', 'CloseDate'],
};

function everyList(org: Org, user: UserContext, parent: ObjectDef): readonly RelatedList[] {
  const { schema } = org.core;
  return schema.children(parent.name).flatMap(({ childSObject, field, relationshipName: id }) => {
    const object = schema.find(childSObject);
    const reference = object && schema.field(object, field);
    if (!object || !reference || !id || !isServed(object) || !isReadable(user, object, reference)) return [];
    const known = COLUMNS[object.name] ?? defaultColumns(object);
    const columns = known.filter((path) => !path.startsWith(`${reference.relationshipName}.`));
    return { id, label: object.labelPlural, parent, object, reference, columns, order: [] };
  });
}

function withLayout(org: Org, list: RelatedList, node: XmlElement): RelatedList {
  const { schema } = org.core;
  const columns = textsOf(node, 'fields').flatMap((column) => columnPath(schema, list.object, column) ?? []);
  const sorted = columnPath(schema, list.object, textOf(node, 'sortField') ?? '');
  const order = sorted === undefined ? [] : [{ path: sorted, descending: textOf(node, 'sortOrder') === 'Desc' }];
  const label = textOf(node, 'customLabel') ?? list.label;
  return { ...list, label, columns: columns.length > 0 ? columns : list.columns, order };
}
