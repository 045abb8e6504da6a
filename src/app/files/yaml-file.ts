import { isUtf8 } from 'node:buffer';
import { isNode, LineCounter, parseDocument, type Document, type YAMLError } from 'yaml';

/** A place in a file; line and column count from 1. */
export type Place = { readonly line: number; readonly column: number };

export type FileProblem = Place & {
  readonly severity: 'error' | 'warning';
  /** Where in the document, such as `stages[1].when.all[0]`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
  /** The nearest valid name. */
  readonly suggestion?: string;
};

export type YamlFile = {
  /** Undefined when there are problems. */
  readonly value: unknown;
  readonly problems: readonly FileProblem[];
  /** The place of a value, by the keys and positions that lead to it; of its key where it has one. */
  readonly placeOf: (path: readonly (string | number)[]) => Place;
};

/** Aliases that may be followed: more is a document made to exhaust memory. */
const maxAliasCount = 100;

/** Reads the bytes of a YAML or JSON file: its encoding, its syntax and where everything is. */
export function readYamlFile(bytes: Uint8Array): YamlFile {
  const problem = unreadable(bytes);
  if (problem) return { value: undefined, problems: [problem], placeOf: () => problem };
  const lines = new LineCounter();
  const text = new TextDecoder().decode(bytes);
  const parsed = parse(text, lines);
  if (!parsed) return { value: undefined, problems: [problemAt(top, tooDeep)], placeOf: () => top };
  const syntax = parsed.errors.map((each) => problemAt(placeAt(lines, each.pos[0]), wordsOf(each, text)));
  const placeOf = (path: readonly (string | number)[]): Place => placeAt(lines, offsetOf(parsed, path));
  if (syntax.length > 0) return { value: undefined, problems: syntax, placeOf };
  try {
    return { value: parsed.toJS({ maxAliasCount }), problems: [], placeOf };
  } catch (error) {
    return { value: undefined, problems: [problemAt(top, unfoldable(error))], placeOf };
  }
}

const top: Place = { line: 1, column: 1 };

const tooDeep = 'The document is nested too deeply to be read. Simplify the definitions.';

/** Undefined for a document nested so deeply that reading it would exhaust the stack. */
function parse(text: string, lineCounter: LineCounter): Document | undefined {
  try {
    const parsed = parseDocument(text, { lineCounter, prettyErrors: false });
    // The parser tells an exhausted stack as an error of the document, once for each level that it leaves.
    return parsed.errors.some(({ message }) => message.startsWith('Maximum call stack')) ? undefined : parsed;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Names the key that stands twice, which the parser only points at. */
function wordsOf({ code, message, pos }: YAMLError, text: string): string {
  if (code !== 'DUPLICATE_KEY') return sentence(message);
  const [line = ''] = text.slice(pos[0]).split('\n', 1);
  const [, double, single, plain] = /^(?:"([^"]*)"|'([^']*)'|(.*?))\s*(?::\s|:$|[,}]|$)/.exec(line) ?? [];
  return `The key "${double ?? single ?? plain ?? ''}" stands twice here. Keep one of them.`;
}

/** Why a document that is well written cannot be made into values. */
function unfoldable(error: unknown): string {
  if (error instanceof RangeError) return tooDeep;
  const reason = error instanceof Error ? error.message : String(error);
  return /alias count/i.test(reason)
    ? `Aliases (*name) repeat more than ${maxAliasCount} values. Write them out, or use named conditions.`
    : sentence(reason);
}

/** A problem as one line that begins like a compiler's. */
export function problemLine(file: string, { line, column, path, message, suggestion, severity }: FileProblem): string {
  const meant = suggestion ? ` Did you mean "${suggestion}"?` : '';
  return `${file}:${line}:${column} ${severity}${path ? ` ${path}` : ''}: ${message}${meant}`;
}

/** `['stages', 1, 'when']` → `stages[1].when`. */
export const pathText = (path: readonly (string | number)[]): string =>
  path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');

const problemAt = (place: Place, message: string): FileProblem => ({ ...place, severity: 'error', path: '', message });

function unreadable(bytes: Uint8Array): FileProblem | undefined {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return problemAt(top, 'The file is UTF-16. Save it as UTF-8.');
  }
  if (!isUtf8(bytes)) {
    return problemAt({ line: firstBadLine(bytes), column: 1 }, 'This line is not UTF-8. Save the file as UTF-8.');
  }
  if (new TextDecoder().decode(bytes).trim() === '') return problemAt(top, 'The file is empty.');
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

function offsetOf(parsed: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const key = keyOffset(parsed, path.slice(0, length));
    if (key !== undefined) return key;
    const node = parsed.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return parsed.contents?.range?.[0] ?? 0;
}

function keyOffset(parsed: Document, path: readonly (string | number)[]): number | undefined {
  const parent = path.length === 1 ? parsed.contents : parsed.getIn(path.slice(0, -1), true);
  if (!isNode(parent) || !('items' in parent)) return undefined;
  for (const item of parent.items as readonly { key?: unknown }[]) {
    const { key } = item;
    if (isNode(key) && key.range && 'value' in key && key.value === path.at(-1)) return key.range[0];
  }
  return undefined;
}

function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
