import { decodeXml } from '../../metadata/decode-xml.ts';
import { oneOf, parseXml, type XmlElement } from '../../metadata/xml-element.ts';
import { SoapFault } from './soap-fault.ts';

export type Envelope = { readonly header: XmlElement; readonly operation: XmlElement };

/** Many times what 200 records have; reading much more would block everybody else. */
const MOST_TAGS = 600_000;

const NO_HEADER: XmlElement = { name: 'Header', text: '', children: [] };

/** Takes a SOAP message apart; throws SoapFault for what is none. */
export function readEnvelope(body: unknown, charset: string | undefined): Envelope {
  if (!(body instanceof Uint8Array) || body.length === 0) throw malformed('the request has no SOAP envelope');
  const { text, zip } = withoutZip(decode(body, charset));
  if (tagsOf(text) > MOST_TAGS) throw malformed(`it has more than ${MOST_TAGS} tags`);
  const envelope = parse(text);
  if (envelope.name !== 'Envelope') throw malformed(`expected Envelope, found ${envelope.name}`);
  const operation = oneOf(envelope, 'Body')?.children[0];
  if (!operation) throw malformed('the Body names no operation');
  return {
    header: oneOf(envelope, 'Header') ?? NO_HEADER,
    operation: zip === undefined ? operation : withZip(operation, zip),
  };
}

/** The parser reads letter by letter, which takes seconds for a large zip: it is cut out and put back afterwards. */
function withoutZip(body: string): { text: string; zip: string | undefined } {
  const match = /(<(?:\w+:)?ZipFile>)([A-Za-z0-9+/=\s]*)<\//.exec(body);
  const [, before = '', zip] = match ?? [];
  if (!match || zip === undefined) return { text: body, zip: undefined };
  const start = match.index + before.length;
  return { text: body.slice(0, start) + body.slice(start + zip.length), zip };
}

const withZip = (operation: XmlElement, zip: string): XmlElement => ({
  ...operation,
  children: operation.children.map((each) => (each.name === 'ZipFile' ? { ...each, text: zip } : each)),
});

function tagsOf(text: string): number {
  let count = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) count++;
  return count;
}

function decode(body: Uint8Array, charset: string | undefined): string {
  try {
    return decodeXml(body, charset);
  } catch (error) {
    throw malformed((error as Error).message);
  }
}

function parse(body: string): XmlElement {
  try {
    return parseXml(body);
  } catch (error) {
    throw malformed((error as Error).message);
  }
}

const malformed = (why: string): SoapFault => new SoapFault('soapenv:Client', `Malformed SOAP message: ${why}`);
