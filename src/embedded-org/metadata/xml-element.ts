import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { decodeXml } from './decode-xml.ts';

/** An element of a metadata file or a SOAP message: its own text, or its children in order; names without namespace. */
export type XmlElement = {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
  /** `xsi:type` and `xsi:nil`, and of design properties `name`, `type` and `targets`, if it has them. */
  readonly attributes?: Readonly<Record<string, string>>;
};

type OrderedNode = Readonly<Record<string, unknown>>;

/** Character references are decoded only together with HTML's entities. */
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
});

/** Reads a metadata file; throws an Error that says why when it is not well-formed. Document types are refused, as they could expand without end. */
export function parseXml(source: string | Uint8Array): XmlElement {
  const text = textOfFile(source).replace(/^\uFEFF/, '');
  if (text.includes('<!DOCTYPE')) throw new Error('Error parsing file: DOCTYPE is not allowed in metadata');
  const validity = XMLValidator.validate(text);
  if (validity !== true) {
    const { msg, line, col } = validity.err;
    throw new Error(`Error parsing file: ${msg} (${line}:${col})`);
  }
  const root = (parser.parse(text) as OrderedNode[]).map(toElement).find((each) => !each.name.startsWith('?'));
  if (!root) throw new Error('Error parsing file: it has no root element');
  return root;
}

function textOfFile(source: string | Uint8Array): string {
  try {
    return typeof source === 'string' ? source : decodeXml(source);
  } catch (error) {
    throw new Error(`Error parsing file: ${(error as Error).message}`, { cause: error });
  }
}

function toElement(node: OrderedNode): XmlElement {
  const name = Object.keys(node).find((key) => key !== ':@') ?? '';
  const content = Array.isArray(node[name]) ? (node[name] as OrderedNode[]) : [];
  const children = content.filter((each) => !('#text' in each)).map(toElement);
  const text = content.map((each) => (typeof each['#text'] === 'string' ? each['#text'] : '')).join('');
  const attributes = Object.entries((node[':@'] ?? {}) as Record<string, string>).filter(([key]) => isOwn(key));
  return {
    name,
    text: children.length > 0 ? '' : text,
    children,
    ...(attributes.length > 0 ? { attributes: Object.fromEntries(attributes) } : {}),
  };
}

const OWN: ReadonlySet<string> = new Set(['type', 'nil', 'name', 'targets']);

const isOwn = (attribute: string): boolean => OWN.has(attribute);

export const allOf = (element: XmlElement, name: string): readonly XmlElement[] =>
  element.children.filter((each) => each.name === name);

export const oneOf = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find((each) => each.name === name);

/** The trimmed text of a child; undefined when the child is missing or empty. */
export function textOf(element: XmlElement, name: string): string | undefined {
  const text = oneOf(element, name)?.text.trim();
  return text === undefined || text === '' ? undefined : text;
}

/** The trimmed texts of the children of a name. */
export const textsOf = (element: XmlElement, name: string): readonly string[] =>
  allOf(element, name).map((each) => each.text.trim());

export const isTrue = (element: XmlElement, name: string): boolean => textOf(element, name) === 'true';

/** Writes an element as a file of its own, for parts that came inside a larger file. */
export function toXml(element: XmlElement, rootName: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${rootName} xmlns="http://soap.sforce.com/2006/04/metadata">\n${innerXml(element)}\n</${rootName}>\n`;
}

/** An element's children as text. */
export const innerXml = (element: XmlElement): string =>
  element.children.map((each) => serialise(each, '    ')).join('\n');

function serialise(element: XmlElement, indent: string): string {
  if (element.children.length === 0) return `${indent}<${element.name}>${escapeXml(element.text)}</${element.name}>`;
  const inner = element.children.map((each) => serialise(each, `${indent}    `)).join('\n');
  return `${indent}<${element.name}>\n${inner}\n${indent}</${element.name}>`;
}

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text as the platform writes it between tags, quotes and all. */
export const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (each) => REFERENCES[each] ?? each);
