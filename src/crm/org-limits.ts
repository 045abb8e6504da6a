import { type OrgLimits, PortError } from '../app/ports.ts';
import { soqlName } from './soql-literal.ts';
import type { Transport } from './transport.ts';

type LimitsBody = Readonly<Record<string, { readonly Max: number; readonly Remaining: number }>>;

/** Reads the org's limits, and its time from the answer's `Date` header. */
export async function readLimits(transport: Transport): Promise<OrgLimits> {
  const doing = "Reading the org's limits";
  const response = await transport.send({ doing, method: 'GET', path: 'limits' });
  const serverTime = Date.parse(response.headers.get('date') ?? '');
  if (Number.isNaN(serverTime)) throw new PortError('bug', `${doing} failed: the answer has no Date header`);
  const body = (await response.json()) as LimitsBody;
  const byName = new Map(
    Object.entries(body).map(([name, { Max: max, Remaining: remaining }]) => [name, { max, remaining }]),
  );
  return { serverTime, byName };
}

type CountsBody = { readonly sObjects: readonly { readonly name: string; readonly count: number }[] };

/** Counts the records of objects without regard to sharing. Salesforce's counts are approximate and may lag behind. */
export async function countRecords(
  transport: Transport,
  objects: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const names = objects.map(soqlName).join(',');
  const doing = `Counting the records of ${names}`;
  const body = await transport.json<CountsBody>({ doing, method: 'GET', path: `limits/recordCount?sObjects=${names}` });
  return new Map(body.sObjects.map(({ name, count }) => [name, count]));
}
