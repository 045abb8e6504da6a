import type { XmlValue } from './write-xml.ts';

const REST_DATETIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3})\+0000$/;

/** A result that REST answers as JSON, as SOAP writes it: what is null is left out, instants end in Z. */
export function toXmlValue(json: unknown): XmlValue {
  if (json === null || json === undefined) return undefined;
  if (Array.isArray(json)) return json.map(toXmlValue);
  if (typeof json === 'object')
    return Object.fromEntries(Object.entries(json).map(([key, each]) => [key, toXmlValue(each)]));
  if (typeof json === 'string') return json.replace(REST_DATETIME, '$1Z');
  if (typeof json === 'boolean' || typeof json === 'number') return json;
  throw new TypeError(`A ${typeof json} is nothing that JSON has`);
}
