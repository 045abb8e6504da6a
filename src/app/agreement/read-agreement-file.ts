import { agreementHash } from '../../domain/agreement/agreement-hash.ts';
import { canonicalJson } from '../../domain/agreement/canonical-json.ts';
import { checkAgreement } from '../../domain/agreement/check-agreement.ts';
import type { Problem } from '../../domain/agreement/problem.ts';
import type { Agreement } from '../../domain/agreement/schema.ts';
import { type FileProblem, pathText, readYamlFile } from '../files/yaml-file.ts';

export type AgreementFile = {
  /** Name for messages. */
  readonly name: string;
  /** Undefined when there is an error. */
  readonly agreement: Agreement | undefined;
  /** Canonical JSON, as the org holds it and the parties sign it; empty when there is an error. */
  readonly document: string;
  readonly hash: string;
  readonly problems: readonly FileProblem[];
  /** Places a problem that was found later, for example by comparing with an org. */
  readonly locate: (problem: Problem) => FileProblem;
};

/** Most characters of canonical JSON that the org's field takes. */
const longestDocument = 32_000;

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
  const refused = (problems: readonly FileProblem[]): AgreementFile => ({
    name,
    agreement: undefined,
    document: '',
    hash: '',
    problems,
    locate,
  });
  if (syntax.length > 0) return refused(syntax);
  const checked = checkAgreement(value);
  if (!checked.ok) return refused(checked.problems.map(locate));
  const document = canonicalJson(checked.agreement);
  const problems = checked.warnings.map(locate);
  if (document.length > longestDocument) {
    const message = `The agreement has ${document.length} characters as JSON; the org takes at most ${longestDocument}.`;
    return refused([...problems, locate({ severity: 'error', path: [], message, code: 'too-long' })]);
  }
  return { name, agreement: checked.agreement, document, hash: agreementHash(checked.agreement), problems, locate };
}
