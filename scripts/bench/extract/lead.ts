import { randomUUID } from 'node:crypto';

/** The writable fields of the n-th lead of a bench. */
export function lead(n: number): Record<string, string | number> {
  const noise = randomUUID();
  return {
    FirstName: `First ${n % 500}`,
    LastName: `Last ${n}`,
    Company: `Company "${noise.slice(0, 8)}", Ltd`,
    Title: 'Director of Operations',
    Email: `person.${n}@company-${n % 977}.example`,
    Phone: '+1 555 010 1234',
    MobilePhone: `+1 555 ${n % 10_000}`,
    Website: `https://company-${n % 977}.example`,
    Street: `${n} Long Street`,
    City: 'Springfield',
    State: 'IL',
    PostalCode: '62701',
    Country: 'United States',
    LeadSource: 'Web',
    Status: 'Open - Not Contacted',
    Industry: 'Technology',
    Rating: n % 3 === 0 ? 'Hot' : 'Cold',
    AnnualRevenue: n * 1_000,
    NumberOfEmployees: n % 5_000,
  };
}
