import type { CrmField, CrmValue } from '../ports.ts';
import type { ColumnPlan } from './plan-columns.ts';

/** A cell as the CRM takes it, or why it cannot be taken. */
export type Converted = { readonly value: CrmValue } | { readonly problem: string };

/** Turns the text of a cell into a value of the column's fields. */
export function convertCell(text: string, { values, blank }: ColumnPlan, field: CrmField): Converted {
  const listed = values?.get(text);
  if (listed !== undefined) return { value: listed };
  if (text.trim() === '' || blank.has(text)) return blankOf(field);
  if (values)
    return { problem: `"${short(text)}" is none of ${[...values.keys()].map((each) => `"${each}"`).join(', ')}.` };
  return (byType[field.type] ?? toText)(text, field);
}

const blankOf = (field: CrmField): Converted => {
  if (field.type === 'boolean') return { problem: `${field.name} is a checkbox and cannot be blank.` };
  if (!field.nillable) return { problem: `${field.name} is required.` };
  return { value: null };
};

type Convert = (text: string, field: CrmField) => Converted;

const toText: Convert = (text, field) => {
  if (field.length > 0 && text.length > field.length) {
    return { problem: `${field.name} takes ${field.length} characters, not ${text.length}.` };
  }
  return { value: text };
};

const toNumber: Convert = (text, field) =>
  /^\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*$/.test(text)
    ? { value: Number(text) }
    : { problem: `"${short(text)}" is not a number, as ${field.name} needs.` };

const toInteger: Convert = (text, field) =>
  /^\s*[+-]?\d+(\.0*)?\s*$/.test(text)
    ? { value: Number(text) }
    : { problem: `"${short(text)}" is not a whole number, as ${field.name} needs.` };

const toBoolean: Convert = (text, field) => {
  const word = text.trim().toLowerCase();
  if (word === 'true' || word === 'false') return { value: word === 'true' };
  return { problem: `"${short(text)}" is neither true nor false, as ${field.name} needs; list it under values.` };
};

const toDate: Convert = (text, field) =>
  /^\d{4}-\d\d-\d\d$/.test(text.trim()) && !Number.isNaN(Date.parse(text.trim()))
    ? { value: text.trim() }
    : { problem: `"${short(text)}" is not a date such as 2026-11-30, as ${field.name} needs.` };

const toInstant: Convert = (text, field) => {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(text.trim()) ? Date.parse(text) : NaN;
  if (!Number.isNaN(at)) return { value: new Date(at).toISOString() };
  return { problem: `"${short(text)}" is not an instant such as 2026-11-30T09:00:00Z, as ${field.name} needs.` };
};

const byType: Readonly<Record<string, Convert>> = {
  int: toInteger,
  double: toNumber,
  currency: toNumber,
  percent: toNumber,
  boolean: toBoolean,
  date: toDate,
  datetime: toInstant,
};

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
