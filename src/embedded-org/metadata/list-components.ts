import type { OrgCore } from '../data/org-core.ts';
import { componentRecords, type ComponentRecord } from './component-store.ts';
import { COMPONENT_TYPES } from './component-types.ts';
import { isListedObject, standardFields } from './read-component.ts';

/** What `listMetadata` and `retrieve` say of a component. */
export type ComponentProperties = {
  readonly type: string;
  readonly fullName: string;
  readonly fileName: string;
  readonly id: string;
  readonly createdById: string;
  readonly createdByName: string;
  readonly createdAt: number;
  readonly lastModifiedById: string;
  readonly lastModifiedByName: string;
  readonly lastModifiedAt: number;
  /** Only custom components have one. */
  readonly manageableState: 'unmanaged' | undefined;
};

/** The components of a type, sorted by name. */
export function listComponents(core: OrgCore, type: string): readonly ComponentProperties[] {
  const records = new Map(componentRecords(core, type).map((each) => [each.fullName.toLowerCase(), each]));
  const describe = propertiesIn(core, type, records);
  return [...new Set([...standardNames(core, type), ...[...records.values()].map((each) => each.fullName)])]
    .toSorted()
    .map(describe);
}

/** What the platform brings itself: objects and their fields. */
function standardNames(core: OrgCore, type: string): readonly string[] {
  const objects = core.schema.all().filter(isListedObject);
  if (type === 'CustomObject') return objects.map((each) => each.name);
  return type === 'CustomField' ? objects.flatMap(standardFields) : [];
}

function propertiesIn(
  core: OrgCore,
  type: string,
  records: ReadonlyMap<string, ComponentRecord>,
): (fullName: string) => ComponentProperties {
  const nameOf = userNames(core);
  const platform = String(core.db.prepare('select "CreatedById" from "Organization"').get()?.['CreatedById'] ?? '');
  return (fullName) => {
    const record = records.get(fullName.toLowerCase());
    const [creator, modifier] = [record?.createdById ?? platform, record?.modifiedById ?? platform];
    return {
      type,
      fullName,
      fileName: fileNameOf(type, fullName),
      id: record?.id ?? '',
      createdById: creator,
      createdByName: nameOf(creator),
      createdAt: record?.createdAt ?? 0,
      lastModifiedById: modifier,
      lastModifiedByName: nameOf(modifier),
      lastModifiedAt: record?.modifiedAt ?? 0,
      manageableState: record && isCustom(type, fullName) ? 'unmanaged' : undefined,
    };
  };
}

const isCustom = (type: string, fullName: string): boolean =>
  !(type === 'CustomObject' || type === 'CustomField') || fullName.endsWith('__c');

function userNames(core: OrgCore): (id: string) => string {
  const find = core.db.prepare('select "FirstName", "LastName" from "User" where "Id" = ?');
  const known = new Map<string, string>();
  return (id) => {
    const row = known.has(id) ? undefined : find.get(id);
    if (row) known.set(id, [row['FirstName'], row['LastName']].filter((part) => part !== null).join(' '));
    return known.get(id) ?? '';
  };
}

/** Where the component's file is in a zip; parts name their object's file, bundles their folder. */
export function fileNameOf(type: string, fullName: string): string {
  const definition = COMPONENT_TYPES.find((each) => each.name === type);
  if (!definition) throw new Error(`There is no component type ${type}`);
  if (definition.element !== undefined) return `objects/${fullName.split('.')[0]}.object`;
  return `${definition.folder}/${fullName}${definition.suffix ?? ''}`;
}
