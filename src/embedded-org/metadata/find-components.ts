import { COMPONENT_TYPES, type ComponentType } from './component-types.ts';
import type { Component } from './deploy-run.ts';
import { allOf, parseXml, textOf, toXml, type XmlElement } from './xml-element.ts';

type Files = ReadonlyMap<string, Uint8Array>;

/** A component of the zip, or the reason why its file could not be read. */
export type Found = { readonly type: ComponentType; readonly fullName: string; readonly fileName: string } & (
  { readonly component: Component } | { readonly problem: string }
);

/** Every component in the zip, in the order in which to deploy them. */
export function findComponents(files: Files): readonly Found[] {
  const found = COMPONENT_TYPES.flatMap((type) => (type.folder === undefined ? [] : findOfType(type, files)));
  return COMPONENT_TYPES.flatMap((type) => found.filter((each) => each.type === type));
}

function findOfType(type: ComponentType, files: Files): readonly Found[] {
  if (type.suffix === undefined) return findBundles(type, files);
  const suffix = type.suffix;
  const paths = [...files.keys()].filter((path) => path.startsWith(`${type.folder}/`) && path.endsWith(suffix));
  return paths.flatMap((path) => {
    const fullName = decodeName(path.slice((type.folder ?? '').length + 1, -suffix.length));
    const definition = files.has(`${path}-meta.xml`) ? `${path}-meta.xml` : path;
    const own = new Map([...files].filter(([each]) => each === path || each === definition));
    const whole = read(type, fullName, path, definition, own);
    return type.name === 'CustomObject' && 'component' in whole ? [whole, ...partsOf(whole.component)] : [whole];
  });
}

/** Clients write special characters of a layout's name as `%28`; a name with a plain percent sign stays as it is. */
function decodeName(name: string): string {
  return name.replace(/%[0-9A-Fa-f]{2}/g, (code) => String.fromCodePoint(Number.parseInt(code.slice(1), 16)));
}

function findBundles(type: ComponentType, files: Files): readonly Found[] {
  const inFolder = [...files].filter(([path]) => path.split('/')[0] === type.folder && path.split('/').length > 2);
  const names = new Set(inFolder.map(([path]) => path.split('/')[1] ?? ''));
  return [...names].map((name) => {
    const own = new Map(inFolder.filter(([path]) => path.split('/')[1] === name));
    const folder = `${type.folder}/${name}`;
    return read(type, name, `${folder}/${name}.js`, `${folder}/${name}.js-meta.xml`, own);
  });
}

function read(type: ComponentType, fullName: string, fileName: string, definition: string, own: Files): Found {
  const bytes = own.get(definition);
  if (!bytes) return { type, fullName, fileName, problem: `A required metadata file is missing: ${definition}` };
  try {
    const element = parseXml(bytes);
    return { type, fullName, fileName, component: { type: type.name, fullName, fileName, element, files: own } };
  } catch (error) {
    return { type, fullName, fileName, problem: (error as Error).message };
  }
}

/** The fields, rules and other parts that an object's file carries, each a component of its own. */
export function partsOf(object: Component): readonly Found[] {
  return COMPONENT_TYPES.flatMap((type) => {
    const elements = type.element === undefined ? [] : allOf(object.element, type.element);
    return elements.map((element): Found => partOf(object, type, element));
  });
}

function partOf(object: Component, type: ComponentType, element: XmlElement): Found {
  const name = textOf(element, 'fullName');
  const fullName = `${object.fullName}.${name ?? ''}`;
  const { fileName } = object;
  if (name === undefined) return { type, fullName, fileName, problem: 'Required field is missing: fullName' };
  const files = new Map([[`${fileName}#${name}`, new TextEncoder().encode(toXml(element, type.name))]]);
  return { type, fullName, fileName, component: { type: type.name, fullName, fileName, element, files } };
}
