import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ApiBudget } from '../../src/crm/api-budget.ts';
import { BulkJobs } from '../../src/crm/bulk-job.ts';
import { OrgTime } from '../../src/crm/org-time.ts';
import { Transport } from '../../src/crm/transport.ts';
import type { BenchRow } from './bench-row.ts';
import { leadFields } from './extract/lead-fields.ts';

type Org = { readonly instanceUrl: string; readonly accessToken: string };
type Measure = {
  readonly rows: number;
  readonly milliseconds: number;
  /** Processor time of all threads of the reading process. */
  readonly processorMs: number;
  readonly megabytes: number;
};
type Way = 'floor' | 'parse' | 'store' | 'extract' | 'jsforce';

const pageRows = 50_000;
/** jsforce keeps the whole result in memory several times over; past this size it is not asked. */
const peerRows = 200_000;
const rounds = 3;
/** Up to this size every way reads the result once before it is timed, or the start of the JavaScript engine would be measured. */
const warmUpRows = 100_000;

/** Reads `size` leads of 25 fields by Bulk API 2.0 into the store, between the floor (draining) and the peer (jsforce). */
export async function run({ size }: { readonly size: number }): Promise<BenchRow[]> {
  const script = fileURLToPath(new URL('./extract/serve-leads.ts', import.meta.url));
  const child = spawn(process.execPath, [script, String(size)], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const org = await firstLine<Org>(child);
    const jobId = await finishedJob(org);
    const ways: readonly Way[] = size > peerRows ? ['floor', 'parse', 'store'] : ['floor', 'parse', 'store', 'jsforce'];
    const measures = await interleaved(org, jobId, size, ways);
    const whole = await measure(org, jobId, size, 'extract');
    return toRows(size, measures, whole);
  } finally {
    child.stdin.end();
    await once(child, 'exit');
  }
}

async function firstLine<T>(child: ChildProcess): Promise<T> {
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const [line] = (await Promise.race([once(lines, 'line'), once(lines, 'close').then(() => [''])])) as [string];
  if (line === '') throw new Error('The process of the bench ended without an answer; see its output above.');
  return JSON.parse(line) as T;
}

/** All ways read the results of one job, so that the server's own work for the query is in none of the figures. */
async function finishedJob(org: Org): Promise<string> {
  await post(org, 'config', { bulkPageSize: 10_000_000 });
  await post(org, 'limits', { DailyApiRequests: { max: 10_000_000 } });
  const session = { ...org, version: '68.0', request: async () => undefined };
  const transport = new Transport(session, new ApiBudget(1, Date.now), new OrgTime(Date));
  const jobs = new BulkJobs(transport, 'query', { firstPoll: 100, longestPoll: 500, patience: 600_000 });
  const query = `SELECT ${leadFields.join(', ')} FROM Lead`;
  const { id } = (await (await jobs.create('Bench', { operation: 'query', query })).json()) as { readonly id: string };
  const job = await jobs.wait('Bench', id);
  if (job.state !== 'JobComplete') throw new Error(`The job of the bench ended as ${job.state}: ${job.errorMessage}`);
  return id;
}

async function post(org: Org, what: string, body: object): Promise<void> {
  const response = await fetch(`${org.instanceUrl}/services/embedded/${what}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${org.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`Setting ${what} of the org failed: ${await response.text()}`);
}

/** Runs the ways in turn, several times, and keeps the median of each: a slow moment of the machine then hits all. */
async function interleaved(org: Org, jobId: string, size: number, ways: readonly Way[]): Promise<Map<Way, Measure>> {
  const all = new Map<Way, Measure[]>(ways.map((way) => [way, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const way of ways) all.get(way)?.push(await measure(org, jobId, size, way));
  }
  return new Map([...all].map(([way, measures]) => [way, median(measures)]));
}

const median = (measures: readonly Measure[]): Measure =>
  measures.toSorted((a, b) => a.milliseconds - b.milliseconds)[Math.floor(measures.length / 2)] as Measure;

async function measure(org: Org, jobId: string, size: number, way: Way): Promise<Measure> {
  const script = fileURLToPath(new URL('./extract/read-leads.ts', import.meta.url));
  const warmUp = size <= warmUpRows && way !== 'extract';
  const task = JSON.stringify({ ...org, jobId, pageRows, way, warmUp });
  const child = spawn(process.execPath, [script, task], { stdio: ['ignore', 'pipe', 'inherit'] });
  const result = await firstLine<Measure>(child);
  if (result.rows !== size) throw new Error(`The way ${way} read ${result.rows} rows of ${size}`);
  return result;
}

function toRows(size: number, measures: ReadonlyMap<Way, Measure>, whole: Measure): BenchRow[] {
  const at = (name: string): string => `${name}, ${size.toLocaleString('en')} leads`;
  const perSecond = ({ rows, milliseconds }: Measure): number => (rows / milliseconds) * 1_000;
  const [floor, parse, store] = (['floor', 'parse', 'store'] as const).map((way) =>
    perSecond(measures.get(way) as Measure),
  ) as [number, number, number];
  const peer = measures.get('jsforce');
  const rows: BenchRow[] = [
    { name: at('drain the result, no parsing'), value: floor, unit: 'rows/s' },
    { name: at('read and type'), value: parse, unit: 'rows/s', ratio: parse / floor, against: 'draining' },
    {
      name: at('read into the store'),
      value: store,
      unit: 'rows/s',
      ratio: store / floor,
      against: 'draining',
      target: 'at least a third of draining',
      ok: store * 3 >= floor,
    },
  ];
  if (peer) {
    const ratio = store / perSecond(peer);
    const target = 'at least 10 × jsforce';
    rows.push({ name: at('jsforce bulk2 record stream'), value: perSecond(peer), unit: 'rows/s' });
    rows.push({
      name: at('read into the store'),
      value: store,
      unit: 'rows/s',
      ratio,
      against: 'jsforce',
      target,
      ok: ratio >= 10,
    });
  }
  rows.push(...processorRows(at, measures));
  rows.push({
    name: at('first extract of a process through the port, job included'),
    value: perSecond(whole),
    unit: 'rows/s',
  });
  const memory = { value: whole.megabytes, unit: 'MB', target: 'under 300 MB', ok: whole.megabytes < 300 };
  return [...rows, { name: at('peak memory of the extracting process'), ...memory }];
}

/** Processor time hardly depends on what else the machine does, so it tells a slower program from a busy machine. */
function processorRows(at: (name: string) => string, measures: ReadonlyMap<Way, Measure>): BenchRow[] {
  const perRow = ({ processorMs, rows }: Measure): number => (processorMs * 1_000) / rows;
  const store = perRow(measures.get('store') as Measure);
  const peer = measures.get('jsforce');
  const compared = peer && { ratio: store / perRow(peer), against: 'jsforce' };
  return [{ name: at('processor time of reading into the store'), value: store, unit: 'µs/row', ...compared }];
}
