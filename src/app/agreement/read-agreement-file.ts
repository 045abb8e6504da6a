import { agreementHash } from '../../domain/agreement/agreement-hash.ts';
import { canonicalJson } from '../../domain/agreement/canonical-json.ts';
import { checkAgreement } from '../../domain/agreement/check-agreement.ts';
import type { Problem } from '../../domain/agreement/problem.ts';
import type { Agreement } from '../../domain/agreement/schema.ts';
import { baseHashOf } from './file-header.ts';
import { type FileProblem, pathText, readYamlFile } from '../files/yaml-file.ts';

export type AgreementFile = {
  /** Name for messages. */
  readonly name: string;
  /** Undefined when there is an error. */
  readonly agreement: Agreement | undefined;
  /** Canonical JSON, as the org holds it and the parties sign it; empty when there is an error. */
  readonly document: string;
  readonly hash: string;
  /** Hash of the version that the file is based on; undefined for a file that was never pulled. */
  readonly base: string | undefined;
  readonly problems: readonly FileProblem[];
  /** Places a problem that was found later, for example by comparing with an org. */
  readonly locate: (problem: Problem) => FileProblem;
};

/** Reads an agreement from the bytes of a YAML or JSON file and says what is wrong with it, and where. */
export function readAgreementFile(bytes: Uint8Array, name: string): AgreementFile {
  const { value, problems: syntax, placeOf } = readYamlFile(bytes);
  const locate = ({ severity, path, message, suggestion }: Problem): FileProblem => ({
    ...placeOf(path),
    severity,
    path: pathText(path),
    message,
    ...(suggestion && { suggestion }),
  });
  const base = baseHashOf(new TextDecoder().decode(bytes));
  const refused = (problems: readonly FileProblem[]): AgreementFile => ({
    name,
    agreement: undefined,
    document: '',
    hash: '',
    base,
    problems: problems.toSorted(errorsFirst),
    locate,
  });
  if (syntax.length > 0) return refused(syntax);
  const checked = checkAgreement(value);
  if (!checked.ok) return refused(checked.problems.map(locate));
  const document = canonicalJson(checked.agreement);
  const problems = checked.warnings.map(locate);
  return {
    name,
    agreement: checked.agreement,
    document,
    hash: agreementHash(checked.agreement),
    base,
    problems,
    locate,
  };
}

const errorsFirst = (a: FileProblem, b: FileProblem): number =>
  Number(a.severity === 'warning') - Number(b.severity === 'warning') || a.line - b.line || a.column - b.column;
