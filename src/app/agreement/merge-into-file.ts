import { agreementHash } from '../../domain/agreement/agreement-hash.ts';
import { checkAgreement } from '../../domain/agreement/check-agreement.ts';
import { amendments, amendmentText } from '../../domain/agreement/diff/amendments.ts';
import { valueWords } from '../../domain/agreement/diff/comparison-words.ts';
import { diffDocuments } from '../../domain/agreement/diff/diff-documents.ts';
import { type Conflict, mergeDocuments } from '../../domain/agreement/diff/merge-documents.ts';
import type { Agreement } from '../../domain/agreement/schema.ts';
import { editYaml } from '../files/edit-yaml.ts';
import { pathText } from '../files/yaml-file.ts';
import { Refusal } from '../refusal.ts';
import { withHeader } from './file-header.ts';
import type { KnownVersion, Pulled } from './pull-agreement.ts';
import { readAgreementFile } from './read-agreement-file.ts';

export type MergedFile = {
  /** What the file should hold now. */
  readonly text: string;
  /** What came from the org, in words; empty when the file said it already. */
  readonly amendments: readonly string[];
  /** True when the file also holds changes that the org does not have. */
  readonly ahead: boolean;
};

/**
 * Brings a version of the org into a file that exists, with the changes that were made in the file since it was pulled.
 *
 * The version that the file names on its top is what both sides started from. Comments, order and layout stay. What both
 * sides have changed differently is refused, place by place, and so is a file of which nobody knows where it began.
 */
export function mergeIntoFile(path: string, existing: Uint8Array, pulled: Pulled): MergedFile {
  const { agreement: ours, hash, base: baseHash } = readAgreementFile(existing, path);
  const text = new TextDecoder().decode(existing);
  const title = { name: pulled.agreement, version: pulled.version };
  const isJson = text.trimStart().startsWith('{');
  const headed = (body: string): string => (isJson ? body : withHeader(body, title, pulled.hash));
  if (hash === pulled.hash) return { text: headed(text), amendments: [], ahead: false };
  if (!ours) throw new Refusal('file-changed', `${path} is not a valid agreement, so nothing can be merged into it.`);
  const base = baseHash === hash ? ours : baseHash && pulled.known.get(baseHash)?.document;
  if (!base) throw new Refusal('file-changed', `${path} does not say which version it is based on.`);
  const merged = merge(path, { base, ours }, pulled, pulled.known.get(baseHash ?? ''));
  const next = headed(editYaml(text, diffDocuments(ours, merged)));
  if (readAgreementFile(Buffer.from(next), path).hash !== agreementHash(merged)) {
    throw new Refusal('file-changed', `${path} uses aliases or other YAML that cannot be edited place by place.`);
  }
  return {
    text: next,
    amendments: amendments(ours, merged).map(amendmentText),
    ahead: agreementHash(merged) !== pulled.hash,
  };
}

type Sides = { readonly base: Agreement; readonly ours: Agreement };

function merge(path: string, { base, ours }: Sides, pulled: Pulled, known: KnownVersion | undefined): Agreement {
  const { merged, conflicts } = mergeDocuments(base, ours, pulled.document);
  const started = known ? `version ${known.record.version}` : 'the version it was pulled from';
  const line = (conflict: Conflict): string =>
    `${conflict.path}: ${path} says ${valueWords(conflict.ours)}, version ${pulled.version} in the org says ` +
    `${valueWords(conflict.theirs)}, ${started} said ${valueWords(conflict.base)}.`;
  if (conflicts.length > 0) {
    const count = conflicts.length === 1 ? 'one place' : `${conflicts.length} places`;
    const text = `${path} and version ${pulled.version} in the org have changed ${count} differently.`;
    throw new Refusal('merge-conflict', text, conflicts.map(line));
  }
  const checked = checkAgreement(merged);
  if (checked.ok) return checked.agreement;
  const problems = checked.problems.map((problem) => `${pathText(problem.path)}: ${problem.message}`);
  const text = `${path} and version ${pulled.version} in the org cannot be joined: together they are no valid agreement.`;
  throw new Refusal('merge-conflict', text, problems);
}
