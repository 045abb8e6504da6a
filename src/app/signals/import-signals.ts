import { createHash } from 'node:crypto';
import { type Call, readCall } from '../../domain/signal/read-call.ts';
import { CsvError } from '../import/csv-error.ts';
import type { RejectedRow } from '../import/import-csv.ts';
import type { ImportSource } from '../import/import-rows.ts';
import type { Clock, Crm, Progress, Store, StoredSignal } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { type Matching, type PeopleFinder, peopleFinder } from './find-people.ts';
import { type CallRow, readCalls } from './read-calls.ts';
import { recheckConsent } from './recheck-consent.ts';
import { keepSignals } from './retention.ts';

export type SignalImportOptions = Matching & {
  /** How long signals are kept, milliseconds; undefined leaves it as it was. */
  readonly keepMs: number | undefined;
  readonly dryRun: boolean;
  /** Told each row that is no call, with the names of its columns. */
  readonly onReject: (row: RejectedRow, header: readonly string[]) => Promise<void>;
};

export type SignalImportSummary = {
  readonly dryRun: boolean;
  readonly rows: number;
  readonly added: number;
  /** Kept already: importing a file again changes nothing. */
  readonly repeated: number;
  /** Of nobody whom the org knows; not kept. */
  readonly unmatched: number;
  /** Without consent, or of somebody who does not want to be followed; not kept. */
  readonly withoutConsent: number;
  /** Older than signals are kept. */
  readonly tooOld: number;
  readonly malformed: number;
  readonly leads: number;
  /** The first rows that are no calls. */
  readonly problems: readonly string[];
};

type Counts = { -readonly [K in keyof SignalImportSummary]: SignalImportSummary[K] };

const batchSize = 1_000;

/** How far the clock of a sender may be ahead: what comes later has not happened. */
const tolerableSkewMs = 5 * 60_000;

const shownProblems = 20;

/**
 * Imports signals of buyers, in the shape of Segment's calls, into the store.
 *
 * Only those are kept that belong to a lead who has consented, and what is kept of people who have refused since is
 * erased. The leads are put on the list of work with their signals,
 * so the next sync judges them; importing a file again adds nothing.
 */
export async function importSignals(
  ports: { readonly crm: Crm; readonly store: Store; readonly clock: Clock; readonly progress: Progress },
  source: ImportSource,
  options: SignalImportOptions,
): Promise<SignalImportSummary> {
  const find = await peopleFinder(ports.crm, options);
  const run = async (store: Store): Promise<SignalImportSummary> => {
    const erased = await recheckConsent({ ...ports, store });
    if (erased > 0) ports.progress.finish(`${erased} signals erased of people who have refused since`);
    return importInto({ ...ports, store }, source, find, options);
  };
  try {
    return await (options.dryRun ? ports.store.rehearse(run) : run(ports.store));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Refusal('csv', `${source.name}:${error.line}: ${error.message}`);
  }
}

async function importInto(
  { store, clock, progress }: { readonly store: Store; readonly clock: Clock; readonly progress: Progress },
  source: ImportSource,
  find: PeopleFinder,
  { keepMs, dryRun, onReject, consentField }: SignalImportOptions,
): Promise<SignalImportSummary> {
  const oldest = clock.now() - (await keepSignals(store, keepMs));
  const counts: Counts = { ...nothing, dryRun, problems: [] };
  const problems: string[] = [];
  const leads = new Set<string>();
  let batch: Call[] = [];
  const save = async (): Promise<void> => {
    await saveBatch(store, batch, await find(batch), { oldest, counts, leads, consentField });
    progress.advance(batch.length);
    batch = [];
  };
  progress.start(`Importing ${source.name}`);
  for await (const row of readCalls(source)) {
    counts.rows += 1;
    const read = 'problem' in row ? row : readCall(row.given, clock.now() + tolerableSkewMs);
    if ('problem' in read) {
      counts.malformed += 1;
      if (problems.length < shownProblems) problems.push(`${source.name}:${row.line}: ${read.problem}`);
      await onReject(rejected(row, read.problem), row.header);
    } else batch.push(read.call);
    if (batch.length >= batchSize) await save();
  }
  await save();
  progress.finish(`${counts.rows} read, ${counts.added} added`);
  return { ...counts, leads: leads.size, problems };
}

const nothing = {
  rows: 0,
  added: 0,
  repeated: 0,
  unmatched: 0,
  withoutConsent: 0,
  tooOld: 0,
  malformed: 0,
  leads: 0,
} as const;

const rejected = ({ line, cells }: CallRow, reason: string): RejectedRow => ({ line, cells, reason });

type Kept = {
  readonly oldest: number;
  readonly counts: Counts;
  readonly leads: Set<string>;
  readonly consentField: string | undefined;
};

async function saveBatch(
  store: Store,
  batch: readonly Call[],
  personOf: Awaited<ReturnType<PeopleFinder>>,
  { oldest, counts, leads, consentField }: Kept,
): Promise<void> {
  const kept: StoredSignal[] = [];
  for (const call of batch) {
    const person = personOf(call);
    if (!person) counts.unmatched += 1;
    else if (person.forbidden || !(call.consent ?? person.consented)) counts.withoutConsent += 1;
    else if (call.signal.at < oldest) counts.tooOld += 1;
    else {
      const { at, attributes } = call.signal;
      const by = call.consent === undefined && consentField !== undefined ? { consentField } : {};
      kept.push({ id: idOf(call), leadId: person.leadId, at, attributes, ...by });
    }
  }
  const touched = [...new Set(kept.map(({ leadId }) => leadId))];
  for (const lead of touched) leads.add(lead);
  await store.transaction(async () => {
    const added = await store.signals.add(kept);
    counts.added += added;
    counts.repeated += kept.length - added;
    if (added > 0) await store.schedule.hasten(touched, 0);
  });
}

/** Without an id of the sender, two calls that say the same are one. */
const idOf = ({ messageId, signal, email, userId }: Call): string =>
  messageId ??
  createHash('sha256')
    .update(JSON.stringify([signal, email, userId]))
    .digest('base64url');
