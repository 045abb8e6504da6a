import { PortError } from '../ports.ts';

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** Quotes text for SOQL; what a literal cannot carry is refused rather than changed. */
export function quoted(value: string): string {
  const escaped = value.replace(/[\\'\n\r\t\b\f]/g, (character) => escapes[character] as string);
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001f]/.test(escaped)) {
    throw new PortError('invalid', 'SOQL cannot carry this text: it contains a control character');
  }
  return `'${escaped}'`;
}

/** A list for `IN`; an empty one would be a syntax error, so it becomes one that matches nothing. */
export const quotedList = (values: readonly string[]): string =>
  values.length === 0 ? "('')" : `(${values.map(quoted).join(', ')})`;
