import type { Crm, CrmRecord, Progress, WriteRequest, WriteResult } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import type { ColumnMapFile } from './column-map.ts';
import { CsvError } from './csv-error.ts';
import { type ImportRow, type ImportSource, readImportRows } from './import-rows.ts';
import { makeImportPlan } from './make-import-plan.ts';
import type { ImportPlan } from './plan-columns.ts';

/** A row that was not written, and why. */
export type RejectedRow = { readonly line: number; readonly cells: readonly string[]; readonly reason: string };

export type ImportOptions = {
  readonly dryRun: boolean;
  /** Imports the good rows even when others are bad. */
  readonly skipBadRows: boolean;
  /** Told each row that was not written, in the order of the file, with the names of its columns. */
  readonly onReject: (row: RejectedRow, header: readonly string[]) => Promise<void>;
};

export type ImportSummary = {
  readonly object: string;
  readonly dryRun: boolean;
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  /** Rows that were not sent because they are not valid. */
  readonly skipped: number;
  /** Rows that the org refused. */
  readonly failed: number;
  /** The first rows that were not written. */
  readonly problems: readonly string[];
};

type ImportJob = ImportOptions & {
  readonly crm: Crm;
  readonly progress: Progress;
  readonly source: ImportSource;
  readonly plan: ImportPlan;
};

/** Rows of one write: one Bulk job, and what is held in memory. */
const batchSize = 10_000;
const shownProblems = 20;

/**
 * Imports a CSV into an object by a column map.
 *
 * All rows are checked before the first one is written. With a key the import can be repeated: it updates what it
 * created before. Nothing is kept in memory but one batch and the keys seen.
 */
export async function importCsv(
  ports: { readonly crm: Crm; readonly progress: Progress },
  source: ImportSource,
  mapFile: ColumnMapFile,
  options: ImportOptions,
): Promise<ImportSummary> {
  try {
    const plan = await makeImportPlan(ports.crm, source, mapFile);
    const job = { ...ports, ...options, source, plan };
    const { rows, bad, problems } = await checkRows(job);
    if (bad > 0 && !options.skipBadRows) throw tooBad(source, rows, bad, problems);
    const checked = { created: 0, updated: 0, skipped: bad, failed: 0, problems };
    const outcome = options.dryRun ? checked : await writeRows(job, rows);
    return { object: plan.object, dryRun: options.dryRun, rows, ...outcome };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Refusal('csv', `${source.name}:${error.line}: ${error.message}`);
  }
}

/** Reads the whole file once, to find every bad row before anything is written. */
async function checkRows({
  source,
  plan,
  progress,
}: ImportJob): Promise<{ rows: number; bad: number; problems: string[] }> {
  progress.start(`Checking ${source.name}`);
  const found = { rows: 0, bad: 0, problems: [] as string[] };
  for await (const row of readImportRows(source, plan)) {
    found.rows += 1;
    if ('record' in row) continue;
    found.bad += 1;
    if (found.problems.length < shownProblems) found.problems.push(`${source.name}:${row.line}: ${row.problem}`);
  }
  progress.finish(`${found.rows} rows, ${found.bad} of them bad`);
  return found;
}

function tooBad({ name }: ImportSource, rows: number, bad: number, problems: readonly string[]): Refusal {
  const rest = bad - problems.length;
  const details = rest > 0 ? [...problems, `… and ${rest} more.`] : problems;
  return new Refusal('csv', `${bad} of ${rows} rows of ${name} cannot be imported.`, details);
}

type Outcome = { created: number; updated: number; skipped: number; failed: number; readonly problems: string[] };

async function writeRows(job: ImportJob, total: number): Promise<Outcome> {
  const outcome: Outcome = { created: 0, updated: 0, skipped: 0, failed: 0, problems: [] };
  job.progress.start(`Writing ${job.plan.object}`, total);
  let batch: ImportRow[] = [];
  for await (const row of readImportRows(job.source, job.plan)) {
    batch.push(row);
    if (batch.length < batchSize) continue;
    await writeBatch(job, batch, outcome);
    batch = [];
  }
  await writeBatch(job, batch, outcome);
  const { created, updated, failed } = outcome;
  job.progress.finish(`${created} created, ${updated} updated, ${failed} refused`);
  return outcome;
}

async function writeBatch(job: ImportJob, batch: readonly ImportRow[], outcome: Outcome): Promise<void> {
  const records = batch.flatMap((row) => ('record' in row ? [row.record] : []));
  const results = records.length > 0 ? await job.crm.write(requestFor(job.plan, records)) : [];
  let next = 0;
  for (const row of batch) {
    const reason = 'problem' in row ? skip(row.problem, outcome) : count(results[next++], outcome);
    if (reason === undefined) continue;
    const { line, cells } = row;
    if (outcome.problems.length < shownProblems) outcome.problems.push(`${job.source.name}:${line}: ${reason}`);
    await job.onReject(
      { line, cells, reason },
      job.plan.columns.map((column) => column.header),
    );
  }
  job.progress.advance(batch.length);
}

const requestFor = ({ object, key }: ImportPlan, records: readonly CrmRecord[]): WriteRequest =>
  key ? { kind: 'upsert', object, key, records, mayCreatePeople: true } : { kind: 'insert', object, records };

const skip = (problem: string, outcome: Outcome): string => {
  outcome.skipped += 1;
  return problem;
};

/** Counts what became of a record; returns why it was refused. */
function count(result: WriteResult | undefined, outcome: Outcome): string | undefined {
  if (!result?.success) {
    outcome.failed += 1;
    return result?.reason ?? 'The org gave no answer for this row.';
  }
  if (result.created) outcome.created += 1;
  else outcome.updated += 1;
  return undefined;
}
