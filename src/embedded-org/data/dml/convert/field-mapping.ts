/** Pairs of a lead's field and the field of the record that it goes into. */
export type FieldMapping = readonly (readonly [from: string, to: string])[];

const addressParts = ['Street', 'City', 'State', 'PostalCode', 'Country', 'Latitude', 'Longitude', 'GeocodeAccuracy'];
const address = (prefix: string): FieldMapping => addressParts.map((part) => [part, `${prefix}${part}`] as const);
const same = (...names: readonly string[]): FieldMapping => names.map((name) => [name, name] as const);

/** How the platform maps the standard fields of a lead; custom fields are mapped by nobody here. */
export const ACCOUNT_FIELDS: FieldMapping = [
  ['Company', 'Name'],
  ...address('Billing'),
  ...same('Phone', 'Fax', 'Website', 'Industry', 'AnnualRevenue', 'NumberOfEmployees', 'Rating'),
  ['LeadSource', 'AccountSource'],
];

export const CONTACT_FIELDS: FieldMapping = [
  ...same('FirstName', 'LastName', 'Salutation', 'Title', 'Email', 'Phone', 'MobilePhone', 'Fax', 'LeadSource'),
  ...same('Description', 'DoNotCall', 'HasOptedOutOfEmail', 'HasOptedOutOfFax', 'EmailBouncedReason'),
  ...same('EmailBouncedDate', 'IndividualId'),
  ...address('Mailing'),
];

export const OPPORTUNITY_FIELDS: FieldMapping = same('LeadSource');
