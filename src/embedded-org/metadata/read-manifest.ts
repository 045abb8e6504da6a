import { allOf, parseXml, textOf, type XmlElement } from './xml-element.ts';

/** What package.xml or a destructive manifest names: type → members. */
export type Manifest = {
  readonly version: string | undefined;
  readonly types: ReadonlyMap<string, ReadonlySet<string>>;
};

export function readManifest(bytes: Uint8Array): Manifest {
  return readManifestElement(parseXml(bytes));
}

/** The same from an element that is part of a message. */
export function readManifestElement(root: XmlElement): Manifest {
  const types = new Map<string, Set<string>>();
  for (const element of allOf(root, 'types')) {
    const name = textOf(element, 'name') ?? '';
    const members = types.get(name) ?? new Set<string>();
    for (const member of allOf(element, 'members')) members.add(member.text.trim());
    types.set(name, members);
  }
  return { version: textOf(root, 'version'), types };
}

export const names = (manifest: Manifest, type: string, fullName: string): boolean => {
  const members = manifest.types.get(type);
  return members !== undefined && (members.has('*') || members.has(fullName));
};
