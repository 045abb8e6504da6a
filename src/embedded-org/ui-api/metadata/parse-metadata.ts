import { XMLParser } from 'fast-xml-parser';

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, ignoreDeclaration: true });

export type XmlNode = { readonly [name: string]: unknown };

/** The root element of a metadata file. */
export function parseMetadata(bytes: Uint8Array): XmlNode {
  const document = parser.parse(Buffer.from(bytes).toString('utf8')) as XmlNode;
  return toNode(Object.values(document)[0]);
}

/** The child elements of a name, none, one or many. */
export function childrenOf(node: XmlNode, name: string): readonly XmlNode[] {
  const value = node[name];
  return value === undefined ? [] : Array.isArray(value) ? value.map(toNode) : [toNode(value)];
}

/** The texts of the child elements of a name. */
export function textsOf(node: XmlNode, name: string): readonly string[] {
  const value = node[name];
  return value === undefined ? [] : (Array.isArray(value) ? value : [value]).map(String);
}

export const textOf = (node: XmlNode, name: string): string | undefined => textsOf(node, name)[0];

const toNode = (value: unknown): XmlNode => (typeof value === 'object' && value !== null ? (value as XmlNode) : {});
