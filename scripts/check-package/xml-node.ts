import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element of a metadata file with the line it starts on. */
export type XmlNode = {
  readonly name: string;
  readonly line: number;
  readonly text: string;
  readonly children: readonly XmlNode[];
};

type RawNode = Record<string, unknown> & Record<symbol, { startIndex: number } | undefined>;

const place = XMLParser.getMetaDataSymbol() as symbol;
const parser = new XMLParser({
  preserveOrder: true,
  captureMetaData: true,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  trimValues: true,
});

/** Reads a metadata file; a text says where it is malformed. */
export function parseXml(source: string): XmlNode | string {
  const validity = XMLValidator.validate(source);
  if (validity !== true) return `${validity.err.msg} (line ${validity.err.line})`;
  const roots = parser.parse(source) as RawNode[];
  return (
    roots.flatMap((raw) => toNode(raw, source)).find((node) => node !== undefined) ?? 'The file has no root element.'
  );
}

export const childrenOf = (node: XmlNode | undefined, name: string): readonly XmlNode[] =>
  node?.children.filter((child) => child.name === name) ?? [];

export const childOf = (node: XmlNode | undefined, name: string): XmlNode | undefined => childrenOf(node, name)[0];

export const textOf = (node: XmlNode | undefined, name: string): string | undefined => childOf(node, name)?.text;

/** All elements of a name below a node, whatever their depth. */
export const descendantsOf = (node: XmlNode, name: string): readonly XmlNode[] =>
  node.children.flatMap((child) => [...(child.name === name ? [child] : []), ...descendantsOf(child, name)]);

function toNode(raw: RawNode, source: string): readonly XmlNode[] {
  const name = Object.keys(raw).find((key) => key !== ':@' && !key.startsWith('#'));
  if (!name) return [];
  const content = raw[name] as RawNode[];
  const texts = content.flatMap((part) => (typeof part['#text'] === 'string' ? [part['#text']] : []));
  return [
    {
      name,
      line: lineAt(source, raw[place]?.startIndex ?? 0),
      text: texts.join(''),
      children: content.flatMap((part) => toNode(part, source)),
    },
  ];
}

/** Line of a position in a text, counted from 1. */
export function lineAt(source: string, index: number): number {
  let line = 1;
  for (let at = source.indexOf('\n'); at !== -1 && at < index; at = source.indexOf('\n', at + 1)) line++;
  return line;
}
