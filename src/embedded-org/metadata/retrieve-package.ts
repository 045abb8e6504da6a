import JSZip from 'jszip';
import type { OrgCore } from '../data/org-core.ts';
import { metadataFiles } from './component-store.ts';
import { COMPONENT_TYPES, UNSUPPORTED_TYPES } from './component-types.ts';
import { listComponents, type ComponentProperties } from './list-components.ts';
import { componentName, PART_TYPES, readComponent } from './read-component.ts';
import type { Manifest } from './read-manifest.ts';
import { toXml, type XmlElement } from './xml-element.ts';

export type RetrieveMessage = { readonly fileName: string; readonly problem: string };

export type RetrievedPackage = {
  readonly zip: Uint8Array;
  readonly properties: readonly ComponentProperties[];
  readonly messages: readonly RetrieveMessage[];
};

/** Of these a manifest must name each component. */
const WITHOUT_WILDCARD: ReadonlySet<string> = new Set(PART_TYPES.map((type) => type.name));

/** Zips what a manifest names, in metadata format below `folder`; names that are not there become messages. */
export async function retrievePackage(core: OrgCore, manifest: Manifest, folder: string): Promise<RetrievedPackage> {
  const messages: RetrieveMessage[] = [];
  const report = (problem: string): void => void messages.push({ fileName: `${folder}package.xml`, problem });
  const properties = [...manifest.types].flatMap(([type, members]) => chosen(core, type, members, report));
  const zip = new JSZip();
  for (const [path, content] of filesOf(core, properties)) zip.file(folder + path, content);
  zip.file(`${folder}package.xml`, packageXml(properties, manifest.version ?? ''));
  return { zip: await zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' }), properties, messages };
}

function chosen(
  core: OrgCore,
  type: string,
  members: ReadonlySet<string>,
  report: (problem: string) => void,
): readonly ComponentProperties[] {
  if (!COMPONENT_TYPES.some((each) => each.name === type)) {
    const known = UNSUPPORTED_TYPES.has(type);
    report(known ? `The embedded org does not support ${type}` : `Entity type: '${type}' is unknown`);
    return [];
  }
  const names = new Set<string>();
  for (const member of members) {
    const found =
      member === '*' && !WITHOUT_WILDCARD.has(type) ? allNames(core, type) : [componentName(core, type, member)];
    if (found.includes(undefined)) report(`Entity of type '${type}' named '${member}' cannot be found`);
    for (const name of found) if (name !== undefined) names.add(name);
  }
  return names.size === 0 ? [] : listComponents(core, type).filter((each) => names.has(each.fullName));
}

/** Everything of a type; of objects only custom ones, as standard objects must be named. */
function allNames(core: OrgCore, type: string): readonly (string | undefined)[] {
  const names = listComponents(core, type).map((each) => each.fullName);
  return type === 'CustomObject' ? names.filter((name) => name.endsWith('__c')) : names;
}

function filesOf(core: OrgCore, properties: readonly ComponentProperties[]): ReadonlyMap<string, string | Uint8Array> {
  const own = properties.filter((each) => each.type !== 'CustomObject' && elementOf(each) === undefined);
  const files = own.flatMap(({ type, fullName }) => [...metadataFiles(core, type, fullName)]);
  const inObjects = properties.filter((each) => !own.includes(each));
  const objects = Map.groupBy(inObjects, (each) => each.fileName);
  return new Map<string, string | Uint8Array>([
    ...files,
    ...[...objects].map(([path, parts]): [string, string] => [path, objectFile(core, parts)]),
  ]);
}

const elementOf = ({ type }: ComponentProperties): string | undefined =>
  PART_TYPES.find((each) => each.name === type)?.element;

/** An object whole when it was asked for, else the parts of it that were. */
function objectFile(core: OrgCore, asked: readonly ComponentProperties[]): string {
  const whole = asked.find((each) => each.type === 'CustomObject');
  const children = whole
    ? readComponent(core, whole.type, whole.fullName)?.children
    : asked.flatMap((each) => {
        const part = readComponent(core, each.type, each.fullName);
        return part ? [{ ...part, name: elementOf(each) ?? each.type }] : [];
      });
  return toXml({ name: 'CustomObject', text: '', children: children ?? [] }, 'CustomObject');
}

function packageXml(properties: readonly ComponentProperties[], version: string): string {
  const leaf = (name: string, text: string): XmlElement => ({ name, text, children: [] });
  const types = [...new Set(properties.map((each) => each.type))].toSorted().map((type): XmlElement => {
    const members = properties.filter((each) => each.type === type).map((each) => leaf('members', each.fullName));
    return { name: 'types', text: '', children: [...members, leaf('name', type)] };
  });
  return toXml({ name: 'Package', text: '', children: [...types, leaf('version', version)] }, 'Package');
}
