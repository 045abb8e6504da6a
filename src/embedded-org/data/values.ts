import type { FieldDef } from './types.ts';

/** A value as it rests in SQLite. */
export type Stored = string | number | bigint | null | undefined;

/** Turns a stored value into the JSON a client gets: `2026-01-01T00:00:00.000+0000`, true/false, an address object. */
export function toWire(value: Stored | Uint8Array, field: FieldDef): unknown {
  if (value === null || value === undefined) return field.type === 'boolean' ? false : null;
  if (field.type === 'boolean') return value === 1;
  if (field.type === 'datetime') return toWireDatetime(Number(value));
  if (field.type === 'address') return JSON.parse(String(value));
  return typeof value === 'bigint' ? Number(value) : value;
}

export function toWireDatetime(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 23)}+0000`;
}

const DATETIME = /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

/** Epoch milliseconds of a datetime in wire form, whole seconds; undefined for anything else and for days that do not exist. */
export function parseWireDatetime(text: string): number | undefined {
  if (!DATETIME.test(text) || !isCalendarDate(text.slice(0, 10))) return undefined;
  const instant = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(instant) ? undefined : Math.floor(instant / 1000) * 1000;
}

/** Whether the text is a day of the calendar, `2026-02-28`. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

export const LATEST_VERSION = 68;

/** `/services/data/v68.0/sobjects`, the base of the URLs in answers. */
export const sobjectsUrl = (apiVersion: number): string => `/services/data/v${apiVersion.toFixed(1)}/sobjects`;

export const recordUrl = (objectName: string, id: string, apiVersion: number): string =>
  `${sobjectsUrl(apiVersion)}/${objectName}/${id}`;
