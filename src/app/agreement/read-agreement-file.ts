import { isUtf8 } from 'node:buffer';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import { agreementHash } from '../../domain/agreement/agreement-hash.ts';
import { canonicalJson } from '../../domain/agreement/canonical-json.ts';
import { checkAgreement } from '../../domain/agreement/check-agreement.ts';
import type { Problem } from '../../domain/agreement/problem.ts';
import type { Agreement } from '../../domain/agreement/schema.ts';

/** A problem with its place in the file; line and column count from 1. */
export type FileProblem = {
  readonly severity: 'error' | 'warning';
  readonly line: number;
  readonly column: number;
  /** Where in the document, such as `stages[1].when.all[0]`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
  /** The nearest valid name. */
  readonly suggestion?: string;
};

export type AgreementFile = {
  /** Undefined when there is an error. */
  readonly agreement: Agreement | undefined;
  /** Canonical JSON, as the org holds it and the parties sign it. */
  readonly document: string;
  readonly hash: string;
  readonly problems: readonly FileProblem[];
  /** Places a problem that was found later, for example by comparing with an org. */
  readonly locate: (problem: Problem) => FileProblem;
};

/** Most characters of canonical JSON that the org's field takes. */
const longestDocument = 32_000;

/** Reads an agreement from the bytes of a YAML or JSON file and says what is wrong with it, and where. */
export function readAgreementFile(bytes: Uint8Array): AgreementFile {
  const problem = unreadable(bytes);
  if (problem) return refused([problem]);
  const lines = new LineCounter();
  const text = new TextDecoder().decode(bytes);
  const parsed = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const syntax = parsed.errors.map((error) => at(lines, error.pos[0], '', sentence(error.message)));
  if (syntax.length > 0) return refused(syntax);
  const locate = (each: Problem): FileProblem => locateIn(parsed, lines, each);
  const checked = checkAgreement(toValue(parsed));
  if (!checked.ok) return { ...refused(checked.problems.map(locate)), locate };
  const document = canonicalJson(checked.agreement);
  const problems = checked.warnings.map(locate);
  if (document.length > longestDocument) {
    const message = `The agreement has ${document.length} characters as JSON; the org takes at most ${longestDocument}.`;
    return { ...refused([...problems, at(lines, 0, '', message)]), locate };
  }
  return { agreement: checked.agreement, document, hash: agreementHash(checked.agreement), problems, locate };
}

const refused = (problems: readonly FileProblem[]): AgreementFile => ({
  agreement: undefined,
  document: '',
  hash: '',
  problems,
  locate: ({ severity, message }) => ({ severity, line: 1, column: 1, path: '', message }),
});

function unreadable(bytes: Uint8Array): FileProblem | undefined {
  const problem = (line: number, message: string): FileProblem => ({
    severity: 'error',
    line,
    column: 1,
    path: '',
    message,
  });
  if (bytes.length >= 2 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))) {
    return problem(1, 'The file is UTF-16. Save it as UTF-8.');
  }
  if (!isUtf8(bytes)) return problem(firstBadLine(bytes), 'This line is not UTF-8. Save the file as UTF-8.');
  if (new TextDecoder().decode(bytes).trim() === '') return problem(1, 'The file is empty.');
  return undefined;
}

function firstBadLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end < 0 ? bytes.length : end + 1;
    if (!isUtf8(bytes.subarray(start, stop))) return line;
    start = stop;
  }
  return line;
}

/** Aliases beyond the limit, and keys that are not text, are refused by the parser when the value is built. */
const toValue = (parsed: Document): unknown => {
  try {
    return parsed.toJS({ maxAliasCount: 100 });
  } catch {
    return undefined;
  }
};

function locateIn(parsed: Document, lines: LineCounter, problem: Problem): FileProblem {
  const offset = offsetOf(parsed, problem.path);
  const found = at(lines, offset, pathText(problem.path), problem.message);
  return { ...found, severity: problem.severity, ...(problem.suggestion && { suggestion: problem.suggestion }) };
}

/** The place of the key where there is one: that is what the reader has to change or look behind. */
function offsetOf(parsed: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? parsed.contents : parsed.getIn(path.slice(0, length - 1), true);
    const name = path[length - 1];
    if (isNode(parent) && 'items' in parent) {
      for (const item of parent.items as readonly { key?: unknown }[]) {
        const { key } = item ?? {};
        if (isNode(key) && key.range && 'value' in key && key.value === name) return key.range[0];
      }
    }
    const node = parsed.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return parsed.contents?.range?.[0] ?? 0;
}

const at = (lines: LineCounter, offset: number, path: string, message: string): FileProblem => {
  const { line, col } = lines.linePos(offset);
  return { severity: 'error', line: Math.max(1, line), column: Math.max(1, col), path, message };
};

const pathText = (path: readonly (string | number)[]): string =>
  path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
