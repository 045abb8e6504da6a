type Step = string | number;

/** The text that each body was read from, for as long as somebody holds the body. */
const sources = new WeakMap<object, string>();

/** Keeps the text of a JSON body, so that a refusal of one of its values can say where it stands. */
export function rememberSource(body: unknown, text: string): void {
  if (typeof body === 'object' && body !== null) sources.set(body, text);
}

/**
 * Where the platform says that a value of a body stands, as `[line:1, column:2]`.
 *
 * That is where the entry begins: at the comma before it, or at the key (or item) itself if it is the first. A body that
 * came inside another request is counted as if it had been sent by itself, without spaces.
 */
export function placeOf(body: unknown, path: readonly Step[]): string {
  const text = (typeof body === 'object' && body !== null ? sources.get(body) : undefined) ?? JSON.stringify(body);
  const before = text.slice(0, entryStart(text, path)).split('\n');
  return `[line:${before.length}, column:${(before.at(-1) ?? '').length + 1}]`;
}

/** What the platform's parser calls the first token of a JSON value. */
export function tokenOf(value: unknown): string | undefined {
  if (Array.isArray(value)) return 'START_ARRAY';
  if (typeof value === 'string') return 'VALUE_STRING';
  if (typeof value === 'number') return Number.isInteger(value) ? 'VALUE_NUMBER_INT' : 'VALUE_NUMBER_FLOAT';
  if (typeof value === 'boolean') return `VALUE_${String(value).toUpperCase()}`;
  return typeof value === 'object' && value !== null ? 'START_OBJECT' : undefined;
}

function entryStart(text: string, path: readonly Step[]): number {
  let at = skipSpace(text, 0);
  let start = at;
  for (const step of path) {
    const entry = findEntry(text, at, step);
    if (!entry) return start;
    ({ start, value: at } = entry);
  }
  return start;
}

type Entry = { readonly start: number; readonly value: number };

/** The entry of an object or list that opens at `open`, where it begins and where its value does. */
function findEntry(text: string, open: number, step: Step): Entry | undefined {
  let start = skipSpace(text, open + 1);
  for (let index = 0; start < text.length && !isClosing(text[start]); index++) {
    const first = text[start] === ',' ? skipSpace(text, start + 1) : start;
    const key = text[open] === '{' ? (JSON.parse(text.slice(first, valueEnd(text, first))) as string) : index;
    const value = text[open] === '{' ? skipSpace(text, skipSpace(text, valueEnd(text, first)) + 1) : first;
    if (key === step) return { start, value };
    start = skipSpace(text, valueEnd(text, value));
  }
  return undefined;
}

/** Behind the value that begins at `from`. The text is known to be JSON. */
function valueEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at = skipBetween(text, at)) {
    const char = text[at];
    if (char === '{' || char === '[') depth++;
    if (isClosing(char)) depth--;
    at = char === '"' ? stringEnd(text, at) : skip(text, at, /[[\]{}]|[^\s,:[\]{}"]+/y);
    if (depth === 0) return at;
  }
  return text.length;
}

function stringEnd(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

const isClosing = (char: string | undefined): boolean => char === '}' || char === ']';

const skipSpace = (text: string, from: number): number => skip(text, from, /[ \t\r\n]*/y);

const skipBetween = (text: string, from: number): number => skip(text, from, /[ \t\r\n,:]*/y);

function skip(text: string, from: number, what: RegExp): number {
  what.lastIndex = from;
  what.exec(text);
  return what.lastIndex;
}
