import type { CrmValue } from '../app/ports.ts';

const numeric = new Set(['int', 'double', 'currency', 'percent', 'long']);

/** Returns how a cell of a Bulk CSV becomes a value; undefined for text, which needs nothing but null for empty. */
export function cellConverter(type: string): ((cell: string) => CrmValue) | undefined {
  if (numeric.has(type)) return Number;
  if (type === 'boolean') return (cell) => cell === 'true';
  if (type === 'datetime') return toUtc;
  return undefined;
}

/** Brings a value of a JSON answer into the form that a CSV cell of the same field gets. */
export function fromJson(value: unknown, type?: string): CrmValue {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value !== 'string') return JSON.stringify(value);
  return type === undefined || type === 'datetime' ? toUtc(value) : value;
}

const salesforceInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}\+0000$/;

/** REST writes `+0000` where Bulk writes `Z`. */
const toUtc = (text: string): string =>
  !text.endsWith('Z') && salesforceInstant.test(text) ? `${text.slice(0, -5)}Z` : text;
