import type { CrmValue } from '../app/ports.ts';

/** How the cells of a column become values. */
export type CellForm = 'text' | 'number' | 'boolean' | 'datetime';

const numeric = new Set(['int', 'double', 'currency', 'percent', 'long']);

export function cellForm(type: string): CellForm {
  if (numeric.has(type)) return 'number';
  return type === 'boolean' || type === 'datetime' ? type : 'text';
}

/** The value of a cell of a Bulk CSV, as JSON. */
export const cellToJson = (cell: string, form: CellForm): string => JSON.stringify(cellToValue(cell, form));

function cellToValue(cell: string, form: CellForm): CrmValue {
  if (cell === '') return null;
  if (form === 'number') return Number(cell);
  if (form === 'boolean') return cell === 'true';
  return form === 'datetime' ? toUtc(cell) : cell;
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
