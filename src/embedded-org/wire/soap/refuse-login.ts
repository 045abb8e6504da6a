import { OrgError } from '../../data/org-error.ts';
import { SoapFault } from './soap-fault.ts';

/** The last version that has `login`; new orgs have it switched off there, too. */
const LAST_WITH_LOGIN = 64;

/** Why nobody signs in by SOAP here: the call is being retired, and OAuth takes its place. */
export function refuseLogin(version: number): Error {
  if (version > LAST_WITH_LOGIN) {
    return new SoapFault('soapenv:Client', 'No operation available for request {urn:partner.soap.sforce.com}login');
  }
  return new OrgError('INVALID_OPERATION', 'SOAP API login() is disabled by default in this org.');
}
