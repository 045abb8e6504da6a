import { argument, argumentList, refuseMoreThan, type SoapCall } from '../soap-call.ts';
import { toXmlValue } from '../to-xml-value.ts';
import type { XmlValue } from '../write-xml.ts';
import { getObject } from './read-sobject.ts';

const MOST_DESCRIBED = 100;

export const describeGlobal = (call: SoapCall): XmlValue => {
  const { org } = call.wire;
  return withoutUrls(toXmlValue(org.describeGlobal(call.user, call.version)));
};

export const describeSObject = (call: SoapCall): XmlValue => describe(call, argument(call, 'sObjectType'));

export function describeSObjects(call: SoapCall): XmlValue {
  const names = argumentList(call, 'sObjectType');
  refuseMoreThan(MOST_DESCRIBED, names.length);
  return names.map((name) => describe(call, name));
}

const describe = (call: SoapCall, name: string): XmlValue =>
  withoutUrls(toXmlValue(call.wire.org.describe(call.user, getObject(call, name).name, call.version)));

/** Addresses of REST resources, which SOAP's describes do not have. */
function withoutUrls(value: XmlValue): XmlValue {
  if (Array.isArray(value)) return value.map(withoutUrls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as Record<string, XmlValue>).flatMap(([name, each]) =>
      name === 'urls' ? [] : [[name, withoutUrls(each)]],
    ),
  );
}
