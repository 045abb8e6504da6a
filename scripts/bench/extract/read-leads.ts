import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saveWhileReading } from '../../../src/app/sync/save-while-reading.ts';
import { ApiBudget } from '../../../src/crm/api-budget.ts';
import { connect } from '../../../src/crm/connect.ts';
import { readAhead } from '../../../src/crm/extract/read-ahead.ts';
import type { Column } from '../../../src/crm/extract/csv-packer.ts';
import { readResults } from '../../../src/crm/extract/result-pages.ts';
import { FieldTypes } from '../../../src/crm/field-types.ts';
import { OrgTime } from '../../../src/crm/org-time.ts';
import { Transport } from '../../../src/crm/transport.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { ExtractPage, PackedRows } from '../../../src/app/ports.ts';
import { rowCount } from '../../../src/app/ports/packed-rows.ts';
import { leadFields } from './lead-fields.ts';

/** Reads the results of one finished job in one way, in a process of its own, and tells rows, milliseconds and peak memory. */
type Task = { way: string; instanceUrl: string; accessToken: string; jobId: string; pageRows: number; warmUp: boolean };
type Figures = { readonly rows: number; readonly milliseconds: number; readonly processorMs: number };

const { way, instanceUrl, accessToken, jobId, pageRows, warmUp } = JSON.parse(process.argv[2] ?? '') as Task;
const session = { instanceUrl, accessToken, version: '68.0', request: async () => undefined };
const transport = new Transport(session, new ApiBudget(1, Date.now), new OrgTime(Date));

const ways: Readonly<Record<string, () => Promise<Figures>>> = {
  floor,
  parse,
  store: stored,
  extract: extracted,
  jsforce: peer,
};

const measure = ways[way] as () => Promise<Figures>;
if (warmUp) await measure();
const figures = await measure();
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ ...figures, megabytes }));

/** Times the reading alone: a service loads its modules, signs in, learns the fields and opens its store once. */
async function timed(read: () => Promise<number>): Promise<Figures> {
  const [began, used] = [performance.now(), process.cpuUsage()];
  const rows = await read();
  const { user, system } = process.cpuUsage(used);
  return { rows, milliseconds: performance.now() - began, processorMs: (user + system) / 1_000 };
}

/** Takes the bytes off the wire and looks at none of them. */
async function floor(): Promise<Figures> {
  await typedColumns();
  return timed(async () => {
    let count = 0;
    for (let locator = ''; locator !== 'null';) {
      const page = locator === '' ? '' : `&locator=${locator}`;
      const path = `jobs/query/${jobId}/results?maxRecords=${pageRows}${page}`;
      const response = await transport.send({ doing: 'Draining', method: 'GET', path });
      for await (const bytes of response.body ?? []) if (bytes.length === 0) break;
      count += Number(response.headers.get('sforce-numberofrecords'));
      locator = response.headers.get('sforce-locator') ?? 'null';
    }
    return count;
  });
}

async function typedColumns(): Promise<readonly Column[]> {
  const types = await new FieldTypes(transport).resolve('Lead', leadFields);
  return leadFields.map((name, index) => ({ name, type: types[index] as string }));
}

async function* packedBatches(columns: readonly Column[]): AsyncGenerator<PackedRows> {
  yield* readAhead(readResults(transport, { id: jobId, object: 'Lead' }, columns, { pageRows, batchRows: 500 }));
}

async function parse(): Promise<Figures> {
  const columns = await typedColumns();
  return timed(async () => {
    let count = 0;
    for await (const batch of packedBatches(columns)) count += rowCount(batch);
    return count;
  });
}

async function stored(): Promise<Figures> {
  const columns = await typedColumns();
  return withStore(() => packedBatches(columns));
}

/** The whole of it through the port, the job on the server included. */
async function extracted(): Promise<Figures> {
  const crm = await connect({ instanceUrl, accessToken });
  return withStore(() => rowsOf(crm.extract({ object: 'Lead', fields: leadFields })));
}

async function* rowsOf(pages: AsyncIterable<ExtractPage>): AsyncGenerator<PackedRows> {
  for await (const page of pages) yield page.rows;
}

async function withStore(read: () => AsyncIterable<PackedRows>): Promise<Figures> {
  const folder = await mkdtemp(join(tmpdir(), 'accord-bench-'));
  const store = await openStore(join(folder, 'store.db'));
  try {
    await store.mirror.prepare('Lead', leadFields);
    return await timed(async () => {
      await saveWhileReading(read(), (rows) => store.mirror.save('Lead', leadFields, rows));
      // Counting comes after the last commit, so the rows are on disk when the clock stops.
      return store.mirror.count('Lead');
    });
  } finally {
    await store.close();
    await rm(folder, { recursive: true });
  }
}

/** jsforce as it is meant to be used; the org serves everything as one page, since jsforce loses rows on several. */
async function peer(): Promise<Figures> {
  const { default: jsforce } = await import('jsforce');
  const connection = new jsforce.Connection({ instanceUrl, accessToken, version: '68.0' });
  await connection.describe('Lead');
  return timed(async () => {
    const records = await connection.bulk2.job('query', { id: jobId }).result();
    let count = 0;
    for await (const record of records as unknown as AsyncIterable<object>) if (record) count += 1;
    return count;
  });
}
