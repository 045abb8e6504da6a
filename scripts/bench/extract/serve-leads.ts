import { randomUUID } from 'node:crypto';
import { startOrg } from '../../../src/embedded-org/start-org.ts';

/** Serves an org with as many leads as the first argument says, tells where, and stops when its parent lets go. */
const size = Number(process.argv[2]);
const running = await startOrg({ port: 0 });
const { org } = running;
const options = { allOrNone: false, autoAssign: false, apiVersion: 68 };
const batch = 2_000;
for (let first = 0; first < size; first += batch) {
  const rows = Array.from({ length: Math.min(batch, size - first) }, (_, index) => lead(first + index));
  const failed = org.insert(org.system(), 'Lead', rows, options).find((result) => !result.success);
  if (failed) throw new Error(`The org refused a lead: ${JSON.stringify(failed)}`);
}
const { instanceUrl, accessToken } = running;
process.stdout.write(`${JSON.stringify({ instanceUrl, accessToken })}\n`);
process.stdin.resume();
process.stdin.on('end', () => void running.close());

function lead(n: number): Record<string, string | number | boolean> {
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
