import { oneOf, parseXml, type XmlElement } from '../../metadata/xml-element.ts';
import { SoapFault } from './soap-fault.ts';

export type Envelope = { readonly header: XmlElement; readonly operation: XmlElement };

const NO_HEADER: XmlElement = { name: 'Header', text: '', children: [] };

/** Takes a SOAP message apart; throws SoapFault for what is none. */
export function readEnvelope(body: unknown): Envelope {
  if (typeof body !== 'string' || body.trim() === '') throw malformed('the request has no SOAP envelope');
  const envelope = parse(body);
  if (envelope.name !== 'Envelope') throw malformed(`expected Envelope, found ${envelope.name}`);
  const operation = oneOf(envelope, 'Body')?.children[0];
  if (!operation) throw malformed('the Body names no operation');
  return { header: oneOf(envelope, 'Header') ?? NO_HEADER, operation };
}

function parse(body: string): XmlElement {
  try {
    return parseXml(body);
  } catch (error) {
    throw malformed((error as Error).message);
  }
}

const malformed = (why: string): SoapFault => new SoapFault('soapenv:Client', `Malformed SOAP message: ${why}`);
