import { escapeXml } from '../../metadata/xml-element.ts';

/** A value that can be written as elements: arrays repeat their element, undefined writes nothing, null writes `xsi:nil`. */
export type XmlValue = string | number | boolean | null | undefined | XmlNode | XmlObject | readonly XmlValue[];

export type XmlObject = { readonly [name: string]: XmlValue };

/** An element with a type of its own or children that a plain object cannot say, such as repeated mixed ones. */
export class XmlNode {
  readonly type: string | undefined;
  readonly inner: string;

  constructor(type: string | undefined, inner: string) {
    this.type = type;
    this.inner = inner;
  }
}

/** Writes `value` as elements of this name. */
export function writeXml(name: string, value: XmlValue): string {
  if (value === undefined) return '';
  if (value === null) return `<${name} xsi:nil="true"/>`;
  if (isList(value)) return value.map((each) => writeXml(name, each)).join('');
  if (value instanceof XmlNode) {
    const type = value.type === undefined ? '' : ` xsi:type="${value.type}"`;
    return `<${name}${type}>${value.inner}</${name}>`;
  }
  return `<${name}>${typeof value === 'object' ? writeChildren(value) : writeText(value)}</${name}>`;
}

export const writeChildren = (value: XmlObject): string =>
  Object.entries(value)
    .map(([name, each]) => writeXml(name, each))
    .join('');

/** REST writes an instant with `+0000`, SOAP with `Z`. */
export const soapDatetime = (instant: number): string => new Date(instant).toISOString();

/** XML has no way to write most control characters, not even as references. */
const writeText = (value: string | number | boolean): string =>
  // oxlint-disable-next-line no-control-regex
  escapeXml(String(value).replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')).replaceAll(
    '\r',
    '&#xD;',
  );

const isList = (value: XmlValue): value is readonly XmlValue[] => Array.isArray(value);
