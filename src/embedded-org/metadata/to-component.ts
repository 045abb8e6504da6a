import type { ComponentType } from './component-types.ts';
import type { Component } from './deploy-run.ts';
import { fileNameOf } from './list-components.ts';
import { allOf, oneOf, textOf, toXml, type XmlElement } from './xml-element.ts';

/** Children that hold a file's content in an element, where a zip has the file itself. */
const CONTENT_ELEMENTS: ReadonlySet<string> = new Set(['content', 'lwcResources']);

const TYPES_WITH_CONTENT: ReadonlySet<string> = new Set(['StaticResource', 'LightningComponentBundle']);

/** The component that an element of `createMetadata` describes, with the files that a zip would have brought. */
export function toComponent(type: ComponentType, given: XmlElement): Component {
  const fullName = textOf(given, 'fullName') ?? '';
  const children = given.children.filter((each) => each.attributes?.['nil'] !== 'true');
  if (type.element !== undefined) return toPart(type, fullName, children);
  const hasContent = TYPES_WITH_CONTENT.has(type.name);
  const kept = children.filter((each) => each.name !== 'fullName' && !(hasContent && CONTENT_ELEMENTS.has(each.name)));
  const element: XmlElement = { name: type.name, text: '', children: kept };
  const definition = new TextEncoder().encode(toXml(element, type.name));
  const fileName = fileNameOf(type.name, fullName);
  if (!hasContent) return { type: type.name, fullName, fileName, element, files: new Map([[fileName, definition]]) };
  return { type: type.name, fullName, fileName, element, files: contentFiles(type, fullName, given, definition) };
}

/** Inside an object's file a part has only the last part of its name. */
function toPart(type: ComponentType, fullName: string, children: readonly XmlElement[]): Component {
  const name = fullName.slice(fullName.indexOf('.') + 1);
  const others = children.filter((each) => each.name !== 'fullName');
  const element: XmlElement = {
    name: type.name,
    text: '',
    children: [{ name: 'fullName', text: name, children: [] }, ...others],
  };
  const fileName = fileNameOf(type.name, fullName);
  const files = new Map([[`${fileName}#${name}`, new TextEncoder().encode(toXml(element, type.name))]]);
  return { type: type.name, fullName, fileName, element, files };
}

function contentFiles(
  type: ComponentType,
  fullName: string,
  given: XmlElement,
  definition: Uint8Array,
): ReadonlyMap<string, Uint8Array> {
  const fileName = fileNameOf(type.name, fullName);
  if (type.name === 'StaticResource') {
    const content = decode(textOf(given, 'content') ?? '');
    return new Map([
      [fileName, content],
      [`${fileName}-meta.xml`, definition],
    ]);
  }
  const resources = allOf(oneOf(given, 'lwcResources') ?? given, 'lwcResource');
  return new Map([
    ...resources.map((each): [string, Uint8Array] => [
      textOf(each, 'filePath') ?? '',
      decode(textOf(each, 'source') ?? ''),
    ]),
    [`${fileName}/${fullName}.js-meta.xml`, definition],
  ]);
}

const decode = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));
