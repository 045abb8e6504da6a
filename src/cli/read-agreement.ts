import { readAgreementFile } from '../app/agreement/read-agreement-file.ts';
import { problemLine } from '../app/files/yaml-file.ts';
import { Refusal } from '../app/refusal.ts';
import type { Agreement } from '../domain/agreement/schema.ts';
import { readInput } from './read-input.ts';

/** Reads a valid agreement from a file that the user named; refuses with every problem of the file. */
export async function readAgreement(path: string): Promise<Agreement> {
  const { agreement, problems } = readAgreementFile(await readInput(path, 'agreement-file'), path);
  if (agreement) return agreement;
  const lines = problems.map((problem) => problemLine(path, problem));
  throw new Refusal('agreement-invalid', `${path} is not a valid agreement.`, lines);
}
