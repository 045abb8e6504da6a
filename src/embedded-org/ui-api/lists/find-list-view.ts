import { toId18 } from '../../data/ids.ts';
import type { Org } from '../../data/org-core.ts';
import { OrgError } from '../../data/org-error.ts';
import type { ObjectDef } from '../../data/types.ts';
import { componentRecords } from '../../metadata/component-store.ts';
import { allOf, parseXml, textOf, textsOf, type XmlElement } from '../../metadata/xml-element.ts';
import { isServed } from '../supported-objects.ts';
import { notFound } from '../ui-route.ts';
import { columnPath } from './list-columns.ts';
import type { FilterOperator, ListFilter, ListView } from './list-view.ts';
import { standardListViews } from './standard-list-views.ts';

/** The list views of an object by label: those deployed, and those that every org has unless a deployed one has the name. */
export function listViewsOf(org: Org, object: ObjectDef): readonly ListView[] {
  const deployed = deployedListViews(org, object);
  const taken = new Set(deployed.map((view) => view.name.toLowerCase()));
  const standard = standardListViews(object).filter((view) => !taken.has(view.name.toLowerCase()));
  const views = object.custom && deployed.length > 0 ? deployed : [...deployed, ...standard];
  return views.toSorted((a, b) => a.label.localeCompare(b.label));
}

export function findListView(org: Org, object: ObjectDef, name: string): ListView {
  const view = listViewsOf(org, object).find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (!view) throw notFound();
  return view;
}

export function findListViewById(org: Org, id: string): ListView {
  const id18 = toId18(id);
  for (const object of org.core.schema.all().filter(isServed)) {
    const view = listViewsOf(org, object).find((each) => each.id === id18);
    if (view) return view;
  }
  throw notFound();
}

function deployedListViews(org: Org, object: ObjectDef): readonly ListView[] {
  return componentRecords(org.core, 'ListView')
    .filter(({ fullName }) => fullName.startsWith(`${object.name}.`))
    .flatMap(({ fullName, id }) => {
      const [file] = org.metadataFiles('ListView', fullName).values();
      return file ? [toListView(org, object, id, fullName.slice(object.name.length + 1), file)] : [];
    });
}

function toListView(org: Org, object: ObjectDef, id: string, name: string, file: Uint8Array): ListView {
  const node = listViewNode(parseXml(file), name);
  const { schema } = org.core;
  const columns = textsOf(node, 'columns').flatMap((column) => columnPath(schema, object, column) ?? []);
  const [first] = columns;
  return {
    id,
    objectName: object.name,
    name,
    label: textOf(node, 'label') ?? name,
    columns,
    mine: isMine(name, textOf(node, 'filterScope')),
    filters: allOf(node, 'filters').map((filter) => toFilter(org, object, name, filter)),
    logic: textOf(node, 'booleanFilter'),
    order: first === undefined ? [] : [{ path: first, descending: false }],
  };
}

/** A list view comes in a file of its own or inside its object's. */
const listViewNode = (node: XmlElement, name: string): XmlElement =>
  allOf(node, 'listViews').find((each) => textOf(each, 'fullName') === name) ?? node;

function isMine(name: string, scope: string | undefined): boolean {
  if (scope === 'Mine') return true;
  if (scope === undefined || scope === 'Everything') return false;
  throw new OrgError(
    'INVALID_FILTER_SCOPE',
    `The list view ${name} has the scope ${scope}, which is not supported here.`,
  );
}

const OPERATORS: readonly FilterOperator[] = [
  'equals', 'notEqual', 'lessThan', 'greaterThan', 'lessOrEqual', 'greaterOrEqual', 'contains', 'notContain',
  'startsWith', 'includes', 'excludes',
]; // prettier-ignore

function toFilter(org: Org, object: ObjectDef, name: string, filter: XmlElement): ListFilter {
  const column = textOf(filter, 'field') ?? '';
  const path = org.core.schema.field(object, column)?.name ?? columnPath(org.core.schema, object, column);
  const operator = OPERATORS.find((each) => each === textOf(filter, 'operation'));
  if (path === undefined || operator === undefined) {
    throw new OrgError(
      'INVALID_FILTER_VALUE',
      `The list view ${name} filters ${column} by ${textOf(filter, 'operation') ?? 'nothing'}, which is not supported here.`,
    );
  }
  const value = textOf(filter, 'value') ?? '';
  return { path, operator, values: value.split(',').map((each) => each.trim()) };
}
