import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BenchRow } from './bench-row.ts';
import { lead } from './extract/lead.ts';
import { leadFields } from './extract/lead-fields.ts';

type Org = { readonly instanceUrl: string; readonly accessToken: string };
type Row = { readonly Id: string };

/** Rows of one upload: Salesforce takes 150 MB at most. */
const uploadRows = 200_000;
const pageRows = 2_000;
const collectionRows = 200;
const rounds = 15;

const run = promisify(execFile);

/** What an org of `size` leads with 25 fields costs: filled and emptied by the unmodified CLI, read and written by REST. */
async function runBench({ size }: { readonly size: number }): Promise<BenchRow[]> {
  const script = fileURLToPath(new URL('./embedded-org/serve-org.ts', import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const folder = mkdtempSync(join(tmpdir(), 'accord-bench-'));
  try {
    const org = JSON.parse(String((await lines.next()).value)) as Org;
    const ingest = await importAll(org, folder, size);
    const starts = await pageStarts(org, size);
    const page = await medianOf((round) => readPage(org, starts[round] ?? ''));
    const rows = (await query(org, `SELECT Id FROM Lead ORDER BY Id LIMIT ${collectionRows}`)).records;
    const collection = await medianOf((round) => updateCollection(org, rows, round));
    const exported = await exportAll(org, folder, size);
    child.stdin.end();
    const { megabytes } = JSON.parse(String((await lines.next()).value)) as { megabytes: number };
    return toRows(size, { ingest, exported, page, collection, megabytes });
  } finally {
    child.stdin.end();
    if (child.exitCode === null) await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
}

export { runBench as run };

type Figures = Readonly<Record<'ingest' | 'exported' | 'page' | 'collection' | 'megabytes', number>>;

function toRows(size: number, { ingest, exported, page, collection, megabytes }: Figures): BenchRow[] {
  const at = (name: string): string => `${name}, ${size.toLocaleString('en')} leads`;
  return [
    { name: at('sf data import bulk'), value: (size / ingest) * 1_000, unit: 'rows/s' },
    { name: at('sf data export bulk'), value: (size / exported) * 1_000, unit: 'rows/s' },
    { name: at('page of 2,000 by id'), value: page, unit: 'ms', target: 'tens of ms', ok: page < 100 },
    { name: at('collection of 200'), value: collection, unit: 'ms', target: 'under 50 ms', ok: collection < 50 },
    { name: at('peak memory of the org'), value: megabytes, unit: 'MB', target: 'under 1 GB', ok: megabytes < 1_024 },
  ];
}

/** Milliseconds that the CLI takes to import all leads, in as many files as the limit of an upload asks for. */
async function importAll(org: Org, folder: string, size: number): Promise<number> {
  let milliseconds = 0;
  for (let from = 0; from < size; from += uploadRows) {
    const file = join(folder, 'leads.csv');
    await pipeline(Readable.from(csvLines(from, Math.min(size, from + uploadRows))), createWriteStream(file));
    const began = performance.now();
    const flags = ['--file', file, '--sobject', 'Lead', '--line-ending', 'LF', '--wait', '60'];
    await sf(org, folder, ['data', 'import', 'bulk', ...flags]);
    milliseconds += performance.now() - began;
  }
  const { totalSize } = await query(org, 'SELECT COUNT() FROM Lead');
  if (totalSize !== size) throw new Error(`The org holds ${totalSize} leads instead of ${size}`);
  return milliseconds;
}

async function exportAll(org: Org, folder: string, size: number): Promise<number> {
  const flags = ['--output-file', join(folder, 'out.csv'), '--result-format', 'csv', '--wait', '60'];
  const soql = `SELECT ${leadFields.join(', ')} FROM Lead`;
  const began = performance.now();
  const answer = await sf(org, folder, ['data', 'export', 'bulk', '--query', soql, ...flags]);
  const { totalSize } = answer as { totalSize: number };
  if (totalSize !== size) throw new Error(`The export holds ${totalSize} leads instead of ${size}`);
  return performance.now() - began;
}

async function sf(org: Org, home: string, args: readonly string[]): Promise<unknown> {
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    SF_ORG_INSTANCE_URL: org.instanceUrl,
    SF_TARGET_ORG: org.accessToken,
    SF_DISABLE_TELEMETRY: 'true',
    SF_AUTOUPDATE_DISABLE: 'true',
    SF_SKIP_NEW_VERSION_CHECK: 'true',
    SF_DISABLE_LOG_FILE: 'true',
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  };
  const command = [String(process.env['ACCORD_TEST_SF_CLI']), ...args, '--json'];
  const { stdout } = await run(process.execPath, command, { cwd: home, env, maxBuffer: 64 * 1024 * 1024 });
  return (JSON.parse(stdout) as { result: unknown }).result;
}

/** Ids all over the table, behind which a page begins. */
async function pageStarts(org: Org, size: number): Promise<readonly string[]> {
  const step = Math.max(1, Math.floor(Math.max(1, size - pageRows) / rounds));
  const names = Array.from({ length: rounds }, (_, round) => `'Last ${round * step}'`);
  const { records } = await query(org, `SELECT Id FROM Lead WHERE LastName IN (${names.join(', ')})`);
  return records.map((row) => row.Id);
}

/** One page as a keyset reader asks for it: the rows behind an id, by id. */
async function readPage(org: Org, after: string): Promise<void> {
  const soql = `SELECT ${leadFields.join(', ')} FROM Lead WHERE Id > '${after}' ORDER BY Id LIMIT ${pageRows}`;
  await query(org, soql);
}

async function updateCollection(org: Org, rows: readonly Row[], round: number): Promise<void> {
  const records = rows.map(({ Id }) => ({ attributes: { type: 'Lead' }, Id, Title: `Title ${round}` }));
  const body = JSON.stringify({ allOrNone: false, records });
  const results = await request<{ success: boolean }[]>(org, 'composite/sobjects', { method: 'PATCH', body });
  if (!results.every((each) => each.success)) throw new Error('A row of the collection was refused');
}

const query = (org: Org, soql: string): Promise<{ totalSize: number; records: Row[] }> =>
  request(org, `query?q=${encodeURIComponent(soql)}`);

async function request<T>(org: Org, path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(`${org.instanceUrl}/services/data/v68.0/${path}`, {
    ...init,
    headers: { authorization: `Bearer ${org.accessToken}`, 'content-type': 'application/json' },
  });
  if (!response.ok) throw new Error(`${path} was refused: ${await response.text()}`);
  return (await response.json()) as T;
}

async function medianOf(act: (round: number) => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    await act(round);
    times.push(performance.now() - began);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] as number;
}

/** Lines of a CSV file of leads with a value in each of the 19 fields that can be written. */
function* csvLines(from: number, to: number): Generator<string> {
  yield `${Object.keys(lead(0)).join(',')}\n`;
  for (let n = from; n < to; n += 1) yield `${Object.values(lead(n)).map(toCell).join(',')}\n`;
}

const toCell = (value: string | number): string =>
  typeof value === 'string' && /[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : String(value);
