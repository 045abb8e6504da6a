import { quoted } from '../app/ports/soql-text.ts';
import { type CrmValue, PortError } from '../app/ports.ts';

/** A value that goes into SOQL without quotes, e.g. a datetime. */
export type SoqlInstant = { readonly instant: string };
export type SoqlDate = { readonly date: string };

const namePattern = /^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;
const datePattern = /^\d{4}-\d{2}-\d{2}$/;

/** Writes a value as a SOQL literal; what a literal cannot carry is refused rather than changed. */
export function soqlLiteral(value: CrmValue | SoqlInstant | SoqlDate): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return numberLiteral(value);
  if (typeof value === 'string') return quoted(value);
  return 'instant' in value
    ? checked(value.instant, instantPattern, 'UTC datetime')
    : checked(value.date, datePattern, 'date');
}

/** Returns the name of an object or field, or throws when it could be anything else than a name. */
export const soqlName = (name: string): string => checked(name, namePattern, 'name of an object or field');

/** SOQL has no exponents: they parse as a number followed by a name. */
function numberLiteral(value: number): string {
  if (!Number.isFinite(value)) throw new PortError('invalid', `SOQL cannot carry the number ${value}`);
  const text = String(value);
  if (!text.includes('e')) return text;
  return Math.abs(value) < 1 ? value.toFixed(18) : BigInt(value).toString();
}

function checked(text: string, pattern: RegExp, what: string): string {
  if (!pattern.test(text)) throw new PortError('invalid', `'${text}' is not a ${what}`);
  return text;
}
