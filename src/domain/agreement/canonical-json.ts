/**
 * Writes a JSON value in its one canonical form (RFC 8785): keys in UTF-16 order, no white space, shortest numbers.
 *
 * Properties that are undefined are left out, as in JSON. Throws a TypeError on what JSON cannot carry: numbers that
 * are not finite, lone surrogates, functions, undefined inside a list.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return canonicalText(value);
  if (typeof value === 'number') return canonicalNumber(value);
  if (typeof value !== 'object') throw new TypeError(`Cannot write a value of type ${typeof value} as JSON.`);
  return Array.isArray(value) ? `[${value.map(canonicalJson).join(',')}]` : canonicalObject(value);
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`Cannot write ${value} as JSON: numbers must be finite.`);
  return JSON.stringify(value);
}

function canonicalObject(value: object): string {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${canonicalText(key)}:${canonicalJson(each)}`).join(',')}}`;
}

function canonicalText(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('Cannot write text with half a surrogate pair as JSON.');
  return JSON.stringify(text);
}
