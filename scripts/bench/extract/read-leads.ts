import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiBudget } from '../../../src/crm/api-budget.ts';
import { connect } from '../../../src/crm/connect.ts';
import { readAhead } from '../../../src/crm/extract/read-ahead.ts';
import { readResults } from '../../../src/crm/extract/result-pages.ts';
import { FieldTypes } from '../../../src/crm/field-types.ts';
import { Transport } from '../../../src/crm/transport.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { ExtractPage, Store } from '../../../src/app/ports.ts';
import { leadFields } from './lead-fields.ts';

/** Reads the results of one finished job in one way, in a process of its own, and tells rows, milliseconds and peak memory. */
type Task = { way: string; instanceUrl: string; accessToken: string; jobId: string; pageRows: number };

const { way, instanceUrl, accessToken, jobId, pageRows } = JSON.parse(process.argv[2] ?? '') as Task;
const session = { instanceUrl, accessToken, version: '68.0', request: async () => undefined };
const transport = new Transport(session, new ApiBudget(1, Date.now));

const ways: Readonly<Record<string, () => Promise<number>>> = {
  floor,
  parse,
  store: stored,
  extract: extracted,
  jsforce: peer,
};

let began = performance.now();
let ended: number | undefined;
const rows = await (ways[way] as () => Promise<number>)();
const milliseconds = (ended ?? performance.now()) - began;
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ rows, milliseconds, megabytes }));

/** Takes the bytes off the wire and looks at none of them. */
async function floor(): Promise<number> {
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
}

async function* parsedBatches(): AsyncGenerator<ExtractPage['rows']> {
  const types = await new FieldTypes(transport).resolve('Lead', leadFields);
  const columns = leadFields.map((name, index) => ({ name, type: types[index] as string }));
  const options = { pageRows, batchRows: 500 };
  yield* readAhead(readResults(transport, { id: jobId, object: 'Lead' }, columns, options));
}

async function parse(): Promise<number> {
  let count = 0;
  for await (const batch of parsedBatches()) count += batch.length;
  return count;
}

async function stored(): Promise<number> {
  return withStore(async (store) => {
    await savePages(store, parsedBatches());
  });
}

/** The whole of it through the port, the job on the server included. */
async function extracted(): Promise<number> {
  const crm = await connect({ instanceUrl, accessToken });
  return withStore(async (store) => {
    const pages = crm.extract({ object: 'Lead', fields: leadFields });
    await savePages(store, mapRows(pages));
  });
}

async function* mapRows(pages: AsyncIterable<ExtractPage>): AsyncGenerator<ExtractPage['rows']> {
  for await (const page of pages) yield page.rows;
}

/** Fetches and parses the next page while the database thread saves the last one. */
async function savePages(store: Store, pages: AsyncIterable<ExtractPage['rows']>): Promise<void> {
  let saving: Promise<number> = Promise.resolve(0);
  for await (const rows of pages) {
    await saving;
    saving = store.mirror.save('Lead', leadFields, rows);
    saving.catch(() => undefined);
  }
  await saving;
}

/** Opening, closing and removing the store are not timed: a service does them once. */
async function withStore(work: (store: Store) => Promise<void>): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'accord-bench-'));
  const store = await openStore(join(folder, 'store.db'));
  try {
    await store.mirror.prepare('Lead', leadFields);
    began = performance.now();
    await work(store);
    // Counting comes after the last commit, so the rows are on disk when the clock stops.
    const count = await store.mirror.count('Lead');
    ended = performance.now();
    return count;
  } finally {
    await store.close();
    await rm(folder, { recursive: true });
  }
}

/** jsforce as it is meant to be used; the org serves everything as one page, since jsforce loses rows on several. */
async function peer(): Promise<number> {
  const { default: jsforce } = await import('jsforce');
  const connection = new jsforce.Connection({ instanceUrl, accessToken, version: '68.0' });
  const records = await connection.bulk2.job('query', { id: jobId }).result();
  let count = 0;
  for await (const record of records as unknown as AsyncIterable<object>) if (record) count += 1;
  return count;
}
