import { checkAgainstOrg } from '../agreement/push-agreement.ts';
import { type AgreementFile, readAgreementFile } from '../agreement/read-agreement-file.ts';
import { problemLine } from '../files/yaml-file.ts';
import { CsvError } from '../import/csv-error.ts';
import type { Crm } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { draftAgreement, orgFacts } from './draft-agreement.ts';
import { type OrgProcess, readOrgProcess } from './org-process.ts';
import { type ScoreFacts, toScoreFacts } from './score-facts.ts';
import { type LeftOut, readScoreTable } from './score-table.ts';

export type ImportAgreementInput = {
  readonly name?: string | undefined;
  /** A score table in CSV. */
  readonly scores?: { readonly name: string; readonly bytes: Uint8Array } | undefined;
  readonly threshold: number;
};

export type ImportedAgreement = {
  readonly agreement: string;
  readonly stages: readonly string[];
  readonly facts: readonly string[];
  /** Lines of the score table that are in the draft. */
  readonly taken: number;
  readonly leftOut: readonly LeftOut[];
  /** What the draft names that the org does not have, or that is worth a second look. */
  readonly warnings: readonly string[];
};

export type Imported = { readonly summary: ImportedAgreement; readonly text: string };

/**
 * Drafts an agreement from what exists: the lead process of an org, a score table, or both. Writes nothing.
 *
 * With an org the properties of the score table are looked up among the fields of its leads, by name and label.
 */
export async function importAgreement(crm: Crm | undefined, input: ImportAgreementInput): Promise<Imported> {
  const org = crm && (await readOrgProcess(crm));
  const scores = input.scores && (await readScores(input.scores, org));
  const scoresFile = input.scores?.name ?? '';
  const { text, agreement } = draftAgreement({ name: input.name, org, scores, scoresFile, threshold: input.threshold });
  const file = readAgreementFile(Buffer.from(text), 'draft');
  const problems = [...file.problems, ...(await misfits(crm, file))];
  const lines = problems.map((problem) => problemLine('draft', problem));
  if (problems.some((each) => each.severity === 'error')) {
    throw new Refusal('agreement-invalid', 'The draft would not be a valid agreement.', lines);
  }
  const summary = {
    agreement: agreement.name,
    stages: agreement.stages.map((each) => each.id),
    facts: Object.keys(agreement.facts),
    taken: scores?.taken ?? 0,
    leftOut: scores?.leftOut ?? [],
    warnings: lines,
  };
  return { summary, text };
}

const misfits = async (crm: Crm | undefined, file: AgreementFile): ReturnType<typeof checkAgainstOrg> =>
  crm ? checkAgainstOrg(crm, file) : [];

async function readScores(
  { name, bytes }: NonNullable<ImportAgreementInput['scores']>,
  org: OrgProcess | undefined,
): Promise<ScoreFacts> {
  try {
    return toScoreFacts(await readScoreTable(bytes), org?.lead, orgFacts(org));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Refusal('csv', `${name}:${error.line}: ${error.message}`);
  }
}
