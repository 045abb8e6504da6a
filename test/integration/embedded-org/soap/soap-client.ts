import { parseXml, type XmlElement } from '../../../../src/embedded-org/metadata/xml-element.ts';
import type { TestOrg } from '../wire/running-org.ts';

export type SoapAnswer = { readonly status: number; readonly text: string; readonly body: XmlElement };

/** Posts an envelope as clients in any language do, for what jsforce has no call for. */
export async function postSoap(
  org: TestOrg,
  path: string,
  operation: string,
  headers = '',
  sessionId: string = org.accessToken,
): Promise<SoapAnswer> {
  const session = `<SessionHeader><sessionId>${sessionId}</sessionId></SessionHeader>`;
  const envelope =
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<soapenv:Header>${session}${headers}</soapenv:Header><soapenv:Body>${operation}</soapenv:Body></soapenv:Envelope>`;
  return postText(org, path, envelope);
}

export async function postText(
  org: TestOrg,
  path: string,
  text: string,
  contentType = 'text/xml',
): Promise<SoapAnswer> {
  const init = { method: 'POST', headers: { 'content-type': contentType, SOAPAction: '""' }, body: text };
  const response = await fetch(`${org.instanceUrl}/services/Soap/${path}`, init);
  const answer = await response.text();
  const [body] = parseXml(answer).children;
  if (!body) throw new Error(`The answer has no body: ${answer}`);
  return { status: response.status, text: answer, body };
}
