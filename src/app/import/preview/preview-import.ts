import { neededFields } from '../../../domain/agreement/needed-fields.ts';
import type { Agreement } from '../../../domain/agreement/schema.ts';
import { compileAgreement } from '../../../domain/verdict/compile-agreement.ts';
import { readJudgedVersions } from '../../agreement/judged-versions.ts';
import { chooseInForce } from '../../agreement/choose-in-force.ts';
import type { Clock, Crm, CrmRecord, Progress } from '../../ports.ts';
import { Refusal } from '../../refusal.ts';
import type { ColumnMapFile } from '../column-map.ts';
import { CsvError } from '../csv-error.ts';
import { type ImportSource, readImportRows } from '../import-rows.ts';
import { makeImportPlan } from '../make-import-plan.ts';
import type { ImportPlan } from '../plan-columns.ts';
import { findExisting } from './find-existing.ts';
import { folded, type KnownLeads } from './known-leads.ts';
import { RowTally, type TallyTotals } from './row-tally.ts';

export type ImportPreview = TallyTotals & {
  readonly file: string;
  readonly agreement: { readonly name: string; readonly version: number | null };
  readonly rows: number;
  /** Rows that cannot be imported; nothing else counts them. */
  readonly bad: number;
  readonly problems: readonly string[];
};

export type PreviewPorts = { readonly crm: Crm; readonly clock: Clock; readonly progress: Progress };

const shownProblems = 20;

/**
 * Says what a list would become under an agreement before it is loaded; writes nothing.
 *
 * Rows are judged by what the list says of them, and by what the org says of leads that the key finds. Nobody has called a
 * person who is new, so there are no activities, responses or signals to count; what happened to a lead that exists is
 * not read, so it is undecided where that may count.
 */
export async function previewImport(
  ports: PreviewPorts,
  source: ImportSource,
  mapFile: ColumnMapFile,
  file: Agreement | undefined,
): Promise<ImportPreview> {
  try {
    const plan = await makeImportPlan(ports.crm, source, mapFile);
    if (plan.object !== 'Lead') {
      throw new Refusal('column-map', `${mapFile.name} is for ${plan.object}; only lists of leads have stages.`);
    }
    const { agreement, version } = file ? { agreement: file, version: null } : await inForce(ports);
    return await judgeList(ports, source, plan, { agreement, version });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Refusal('csv', `${source.name}:${error.line}: ${error.message}`);
  }
}

type Rules = { readonly agreement: Agreement; readonly version: number | null };

async function inForce({ crm, clock }: PreviewPorts): Promise<Rules> {
  const chosen = chooseInForce(await readJudgedVersions(crm), clock.now()).inForce;
  if (chosen?.agreement) return { agreement: chosen.agreement, version: chosen.record.version };
  throw new Refusal('no-agreement', 'No agreement is in force: name a file with --agreement.');
}

async function judgeList(
  { crm, clock, progress }: PreviewPorts,
  source: ImportSource,
  plan: ImportPlan,
  { agreement, version }: Rules,
): Promise<ImportPreview> {
  progress.start(`Checking ${source.name}`);
  const list = await readKeys(source, plan);
  progress.finish(`${list.rows} rows, ${list.bad} of them bad`);
  const known = await knownLeads(crm, plan, list, neededFields(agreement).get('Lead') ?? []);
  progress.start(`Judging ${source.name}`, list.rows);
  const tally = new RowTally(agreement, compileAgreement(agreement), known, clock.now());
  for await (const row of readImportRows(source, plan)) {
    if ('record' in row) tally.add(row.record, row.line, plan);
    progress.advance(1);
  }
  progress.finish(`${list.rows - list.bad} rows judged`);
  const { rows, bad, problems } = list;
  return { file: source.name, agreement: { name: agreement.name, version }, rows, bad, problems, ...tally.totals() };
}

type ListKeys = {
  rows: number;
  bad: number;
  readonly problems: string[];
  readonly keys: Set<string>;
  readonly emails: Set<string>;
};

async function readKeys(source: ImportSource, plan: ImportPlan): Promise<ListKeys> {
  const list: ListKeys = { rows: 0, bad: 0, problems: [], keys: new Set(), emails: new Set() };
  for await (const row of readImportRows(source, plan)) {
    list.rows += 1;
    if ('problem' in row) {
      list.bad += 1;
      if (list.problems.length < shownProblems) list.problems.push(`${source.name}:${row.line}: ${row.problem}`);
      continue;
    }
    if (plan.key) list.keys.add(folded(row.record, plan.key));
    const email = folded(row.record, 'Email');
    if (email) list.emails.add(email);
  }
  return list;
}

async function knownLeads(
  crm: Crm,
  { key }: ImportPlan,
  { keys, emails }: ListKeys,
  fields: readonly string[],
): Promise<KnownLeads> {
  const visible = new Set((await crm.describe('Lead'))?.fields.map((field) => field.name));
  const readable = fields.filter((field) => visible.has(field));
  const byKey = key && keys.size > 0 ? await findExisting(crm, key, keys, readable) : new Map<string, CrmRecord>();
  const byEmail = visible.has('Email') && emails.size > 0 ? await findExisting(crm, 'Email', emails, []) : new Map();
  return { byKey, byEmail };
}
