import { OrgError } from '../../../data/org-error.ts';
import type { LeadConversion, LeadConversionResult } from '../../../data/types.ts';
import { allOf, oneOf, textOf, type XmlElement } from '../../../metadata/xml-element.ts';
import { writeTogether } from '../../../data/dml/run-batch.ts';
import { refuseMoreThan, type SoapCall } from '../soap-call.ts';
import type { XmlValue } from '../write-xml.ts';
import { dmlOptions, errorList } from './write-calls.ts';

const MOST_LEADS = 100;

/** Turns leads into accounts, contacts and opportunities. */
export function convertLead(call: SoapCall): XmlValue {
  const elements = allOf(call.operation, 'leadConverts');
  refuseMoreThan(MOST_LEADS, elements.length);
  const conversions = elements.map(readConversion);
  const options = dmlOptions(call);
  const { org } = call.wire;
  const results = writeTogether(org.core, options.allOrNone, () =>
    conversions.map((each) => org.convertLead(call.user, each, options)),
  );
  return results.map(resultOf);
}

const TEXTS = ['accountId', 'contactId', 'opportunityId', 'convertedStatus', 'opportunityName', 'ownerId'] as const;
const FLAGS = ['doNotCreateOpportunity', 'overwriteLeadSource'] as const;
const UNSUPPORTED = ['accountRecord', 'contactRecord', 'opportunityRecord'] as const;

function readConversion(element: XmlElement): LeadConversion {
  const unsupported = UNSUPPORTED.find((name) => (oneOf(element, name)?.children.length ?? 0) > 0);
  if (unsupported !== undefined) {
    throw new OrgError('INVALID_OPERATION', `The embedded org does not support ${unsupported} in convertLead`);
  }
  const texts = TEXTS.flatMap((name) => {
    const value = textOf(element, name);
    return value === undefined ? [] : [[name, value]];
  });
  const flags = FLAGS.map((name) => [name, textOf(element, name) === 'true']);
  return { leadId: textOf(element, 'leadId') ?? '', ...Object.fromEntries([...texts, ...flags]) };
}

const resultOf = (result: LeadConversionResult): XmlValue => ({
  accountId: result.success ? result.accountId : null,
  contactId: result.success ? result.contactId : null,
  errors: errorList(result.errors),
  leadId: result.leadId,
  opportunityId: result.success ? (result.opportunityId ?? null) : null,
  success: result.success,
});
