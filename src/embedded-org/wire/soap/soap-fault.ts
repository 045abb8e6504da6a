import type { OrgError } from '../../data/org-error.ts';
import type { SoapApi } from './soap-call.ts';
import { writeXml } from './write-xml.ts';

/** A refusal of the message itself, which has no code of the API. */
export class SoapFault extends Error {
  readonly faultCode: string;

  constructor(faultCode: string, message: string) {
    super(message);
    this.name = 'SoapFault';
    this.faultCode = faultCode;
  }
}

const NAMESPACES: Readonly<Record<SoapApi, string>> = {
  m: 'http://soap.sforce.com/2006/04/metadata',
  u: 'urn:fault.partner.soap.sforce.com',
  c: 'urn:fault.enterprise.soap.sforce.com',
};

/** Fault types of the partner and enterprise API by exception code; every other code has UnexpectedErrorFault. */
const FAULT_TYPES: Readonly<Record<string, string>> = {
  MALFORMED_QUERY: 'MalformedQueryFault',
  MALFORMED_SEARCH: 'MalformedSearchFault',
  INVALID_FIELD: 'InvalidFieldFault',
  INVALID_TYPE: 'InvalidSObjectFault',
  INVALID_QUERY_LOCATOR: 'InvalidQueryLocatorFault',
  MALFORMED_ID: 'InvalidIdFault',
  INVALID_ID_FIELD: 'InvalidIdFault',
};

/** The fault of a refusal, as each API writes it. */
export function faultOf(error: OrgError | SoapFault, api: SoapApi): string {
  if (error instanceof SoapFault) return faultElement(error.faultCode, error.message, '', api);
  const { code, message } = error;
  return faultElement(`sf:${code}`, `${code}: ${message}`, api === 'm' ? '' : detail(code, message), api);
}

function faultElement(faultCode: string, text: string, more: string, api: SoapApi): string {
  const inner = writeXml('faultcode', faultCode) + writeXml('faultstring', text) + more;
  return `<soapenv:Fault xmlns:sf="${NAMESPACES[api]}">${inner}</soapenv:Fault>`;
}

function detail(code: string, message: string): string {
  const type = `sf:${FAULT_TYPES[code] ?? 'UnexpectedErrorFault'}`;
  const inner = writeXml('sf:exceptionCode', code) + writeXml('sf:exceptionMessage', message);
  const place =
    code === 'MALFORMED_QUERY' || code.startsWith('INVALID_FIELD') || code === 'INVALID_TYPE' ? position(message) : '';
  return `<detail><${type} xsi:type="${type}">${inner}${place}</${type}></detail>`;
}

/** Query faults repeat the place that their message names. */
function position(message: string): string {
  const [, row, column] = /ERROR at Row:(-?\d+):Column:(-?\d+)/.exec(message) ?? [];
  return writeXml('sf:row', row ?? '-1') + writeXml('sf:column', column ?? '-1');
}
