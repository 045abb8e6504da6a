import { OrgError } from '../../../data/org-error.ts';
import type { OrgCore } from '../../../data/org-core.ts';
import { metadataFiles } from '../../../metadata/component-store.ts';
import { componentName, readComponent } from '../../../metadata/read-component.ts';
import {
  componentType,
  deleteMetadata as deleteComponents,
  saveMetadata,
  type MetadataResult,
  type SaveKind,
} from '../../../metadata/save-metadata.ts';
import { allOf, innerXml, textOf } from '../../../metadata/xml-element.ts';
import {
  argument,
  argumentList,
  headerValue,
  refuseMoreThan,
  type SoapCall,
  type SoapOperation,
} from '../soap-call.ts';
import { writeXml, XmlNode, type XmlValue } from '../write-xml.ts';

const MOST_RECORDS = 10;

/** Components as elements instead of files. */
export function readMetadata(call: SoapCall): XmlValue {
  const { name } = componentType(argument(call, 'type'));
  const fullNames = argumentList(call, 'fullNames');
  refuseMoreThan(MOST_RECORDS, fullNames.length);
  const { core } = call.wire.org;
  return { records: fullNames.map((each) => readOne(core, name, each)) };
}

/** A component that is not there is answered as nil. */
function readOne(core: OrgCore, type: string, wanted: string): XmlValue {
  const fullName = componentName(core, type, wanted);
  const element = fullName === undefined ? undefined : readComponent(core, type, fullName);
  if (!element || fullName === undefined) return null;
  const others = { ...element, children: element.children.filter((each) => each.name !== 'fullName') };
  return new XmlNode(type, writeXml('fullName', fullName) + contentXml(core, type, fullName) + innerXml(others));
}

/** The files beside a definition, which an element carries inside. */
function contentXml(core: OrgCore, type: string, fullName: string): string {
  if (type !== 'StaticResource' && type !== 'LightningComponentBundle') return '';
  const files = [...metadataFiles(core, type, fullName)].filter(([path]) => !path.endsWith('-meta.xml'));
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  if (type === 'StaticResource') return writeXml('content', base64(files[0]?.[1] ?? new Uint8Array()));
  const lwcResource = files.map(([filePath, bytes]) => ({ filePath, source: base64(bytes) }));
  return writeXml('lwcResources', { lwcResource });
}

export const createMetadata = saving('create');
export const updateMetadata = saving('update');
export const upsertMetadata = saving('upsert');

function saving(kind: SaveKind): SoapOperation {
  return async (call) => {
    const records = allOf(call.operation, 'metadata').map((element) => {
      const type = element.attributes?.['type']?.replace(/^.*:/, '');
      if (type === undefined)
        throw new OrgError(
          'INVALID_TYPE',
          'Must specify a {http://www.w3.org/2001/XMLSchema-instance}type attribute value for the metadata element',
        );
      return { type, element };
    });
    refuseMoreThan(MOST_RECORDS, records.length);
    const { core } = call.wire.org;
    const results = await saveMetadata(core, call.user, kind, records, isAllOrNone(call));
    return results.map((each) => resultXml(each, kind === 'upsert'));
  };
}

export function deleteMetadata(call: SoapCall): XmlValue {
  const fullNames = argumentList(call, 'fullNames');
  refuseMoreThan(MOST_RECORDS, fullNames.length);
  const { core } = call.wire.org;
  const results = deleteComponents(core, call.user, argument(call, 'type'), fullNames, isAllOrNone(call));
  return results.map((each) => resultXml(each, false));
}

/** Nothing that refers to a component would follow it, so no component is renamed. */
export function renameMetadata(call: SoapCall): XmlValue {
  const { name } = componentType(argument(call, 'type'));
  const fullName = textOf(call.operation, 'oldFullName') ?? '';
  const message = `The embedded org does not rename components of type ${name}`;
  return resultXml(
    { fullName, success: false, created: false, errors: [{ statusCode: 'INVALID_OPERATION', message, fields: [] }] },
    false,
  );
}

const isAllOrNone = (call: SoapCall): boolean => headerValue(call, 'AllOrNoneHeader', 'allOrNone') === 'true';

const resultXml = (result: MetadataResult, withCreated: boolean): XmlValue => ({
  ...(withCreated ? { created: result.created } : {}),
  errors: result.errors.map(({ fields, message, statusCode }) => ({ fields, message, statusCode })),
  fullName: result.fullName,
  success: result.success,
});
