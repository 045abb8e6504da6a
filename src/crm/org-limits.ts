import type { OrgLimits } from '../app/ports.ts';
import { soqlName } from './soql-literal.ts';
import type { Transport } from './transport.ts';

type LimitsBody = Readonly<Record<string, { readonly Max: number; readonly Remaining: number }>>;

/** Reads the org's limits. */
export async function readLimits(transport: Transport): Promise<OrgLimits> {
  const doing = "Reading the org's limits";
  const body = await transport.json<LimitsBody>({ doing, method: 'GET', path: 'limits' });
  const byName = new Map(
    Object.entries(body).map(([name, { Max: max, Remaining: remaining }]) => [name, { max, remaining }]),
  );
  return { byName };
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
