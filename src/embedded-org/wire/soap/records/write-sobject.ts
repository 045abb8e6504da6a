import { ChildRows } from '../../../data/soql/answer/child-rows.ts';
import type { OutputRow, Schema } from '../../../data/types.ts';
import type { SoapApi } from '../soap-call.ts';
import { toXmlValue } from '../to-xml-value.ts';
import { writeChildren, writeXml, XmlNode, type XmlValue } from '../write-xml.ts';

export type RecordForm = { readonly schema: Schema; readonly api: SoapApi };

/**
 * Writes a record as an `sObject`.
 *
 * The partner API puts its type and its id before the fields, the id even where it was not asked for (nil) or is among
 * the fields again; the enterprise API names the type in `xsi:type`.
 */
export function writeSObject(form: RecordForm, row: OutputRow): XmlNode {
  const { attributes, ...fields } = row;
  const { type } = attributes;
  const inner = Object.entries(fields).map(([name, value]) => writeField(form, type, name, value));
  if (form.api === 'c') return new XmlNode(`sf:${type}`, inner.join(''));
  const id = typeof row['Id'] === 'string' ? row['Id'] : null;
  return new XmlNode('sf:sObject', writeXml('sf:type', type) + writeXml('sf:Id', id) + inner.join(''));
}

function writeField(form: RecordForm, type: string, name: string, value: unknown): string {
  const element = `sf:${name}`;
  if (value === null || value === undefined) return writeXml(element, null);
  if (isRecord(value)) return writeXml(element, writeSObject(form, value));
  if (value instanceof ChildRows) return writeXml(element, writeRows(form, value));
  if (typeof value === 'object') return writeXml(element, new XmlNode('sf:address', writeAddress(value)));
  if (type === 'AggregateResult') return writeXml(element, new XmlNode(xsdType(value), writeText(value)));
  const object = form.schema.find(type);
  const isDatetime = object && form.schema.field(object, name)?.type === 'datetime';
  return writeXml(element, isDatetime ? toXmlValue(value) : (value as XmlValue));
}

/** A `QueryResult` inside a record; its locator stands where REST has an address. */
function writeRows(form: RecordForm, { done, nextRecordsUrl, records, totalSize }: ChildRows): XmlNode {
  const written = records.map((each) => writeSObject(form, each));
  const locator = nextRecordsUrl ?? null;
  return new XmlNode('QueryResult', writeChildren({ done, queryLocator: locator, records: written, size: totalSize }));
}

const writeAddress = (value: object): string =>
  Object.entries(value)
    .map(([name, each]) => writeXml(`sf:${name}`, each as XmlValue))
    .join('');

/** Only the text of a value, escaped. */
const writeText = (value: unknown): string => writeXml('t', toXmlValue(value)).slice('<t>'.length, -'</t>'.length);

function xsdType(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? 'xsd:int' : 'xsd:double';
  if (typeof value === 'boolean') return 'xsd:boolean';
  return toXmlValue(value) === value ? 'xsd:string' : 'xsd:dateTime';
}

const isRecord = (value: unknown): value is OutputRow => hasKey(value, 'attributes');

const hasKey = (value: unknown, key: string): boolean => typeof value === 'object' && value !== null && key in value;
