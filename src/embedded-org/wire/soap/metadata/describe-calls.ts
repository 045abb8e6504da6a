import { COMPONENT_TYPES, type ComponentType } from '../../../metadata/component-types.ts';
import { knownElements } from '../../../metadata/known-elements.ts';
import { listComponents, type ComponentProperties } from '../../../metadata/list-components.ts';
import { PART_TYPES } from '../../../metadata/read-component.ts';
import { componentType } from '../../../metadata/save-metadata.ts';
import { allOf, textOf } from '../../../metadata/xml-element.ts';
import { argument, refuseMoreThan, type SoapCall } from '../soap-call.ts';
import { soapDatetime, type XmlObject, type XmlValue } from '../write-xml.ts';

const MOST_QUERIES = 3;

/** The types that this org deploys, and no others. */
export function describeMetadata(): XmlValue {
  return {
    metadataObjects: COMPONENT_TYPES.filter((type) => type.folder !== undefined).map(describeType),
    organizationNamespace: '',
    partialSaveAllowed: true,
    testRequired: false,
  };
}

const describeType = (type: ComponentType): XmlObject => ({
  childXmlNames: type.name === 'CustomObject' ? PART_TYPES.map((each) => each.name) : undefined,
  directoryName: type.folder,
  inFolder: false,
  metaFile: type.name === 'StaticResource',
  suffix: type.suffix?.slice(1),
  xmlName: type.name,
});

/** The elements of a type, by name only: their own types are not kept here, so they are told as untyped. */
export function describeValueType(call: SoapCall): XmlValue {
  const [, name = ''] = /^\{[^}]*\}(\w+)$/.exec(argument(call, 'type')) ?? [];
  const type = componentType(name).name;
  const field = (each: string): XmlObject => ({
    isForeignKey: false,
    isNameField: each === 'fullName',
    minOccurs: 0,
    name: each,
    soapType: 'anyType',
  });
  return {
    apiCreatable: true,
    apiDeletable: true,
    apiReadable: true,
    apiUpdatable: true,
    valueTypeFields: knownElements(type).map(field),
  };
}

export function listMetadata(call: SoapCall): XmlValue {
  const queries = allOf(call.operation, 'queries');
  refuseMoreThan(MOST_QUERIES, queries.length);
  return queries.flatMap((query) => {
    const { name } = componentType(textOf(query, 'type') ?? '');
    return listComponents(call.wire.org.core, name).map((each) => fileProperties(each, ''));
  });
}

/** `FileProperties` of a component below a folder of the zip. */
export const fileProperties = (each: ComponentProperties, folder: string): XmlObject => ({
  createdById: each.createdById,
  createdByName: each.createdByName,
  createdDate: soapDatetime(each.createdAt),
  fileName: folder + each.fileName,
  fullName: each.fullName,
  id: each.id,
  lastModifiedById: each.lastModifiedById,
  lastModifiedByName: each.lastModifiedByName,
  lastModifiedDate: soapDatetime(each.lastModifiedAt),
  manageableState: each.manageableState,
  type: each.type,
});
