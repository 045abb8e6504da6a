import type { FieldDef, UserContext } from '../data/types.ts';

/** The value as UI API carries it: instants end in `Z`, which the REST API writes as `+0000`. */
export function toUiValue(field: FieldDef, value: unknown): unknown {
  if (field.type === 'datetime' && typeof value === 'string') return value.replace(/\+0000$/, 'Z');
  return value ?? null;
}

/** The text that a page shows for a value in the user's locale and time zone; null where the value speaks for itself. */
export function toDisplayValue(field: FieldDef, value: unknown, user: UserContext): string | null {
  if (value === null || value === undefined) return null;
  const locale = user.locale.replace('_', '-');
  switch (field.type) {
    case 'datetime':
      return formatDate(String(value).replace(/\+0000$/, 'Z'), locale, { timeZone: user.timeZone, timeStyle: 'short' });
    case 'date':
      return formatDate(`${String(value)}T00:00:00Z`, locale, { timeZone: 'UTC' });
    case 'currency':
      return formatNumber(value, locale, { style: 'currency', currency: 'USD', ...fraction(field) });
    case 'percent':
      return formatNumber(Number(value) / 100, locale, { style: 'percent', ...fraction(field) });
    case 'double':
    case 'int':
      return formatNumber(value, locale, fraction(field));
    case 'picklist':
    case 'combobox':
      return picklistLabel(field, String(value));
    case 'multipicklist':
      return String(value)
        .split(';')
        .map((each) => picklistLabel(field, each))
        .join(';');
    default:
      return null;
  }
}

export function picklistLabel(field: FieldDef, value: string): string {
  return field.picklist?.values.find((each) => each.value === value)?.label ?? value;
}

/** Salesforce writes no thousands of decimals that the field does not have. */
const fraction = (field: FieldDef): Intl.NumberFormatOptions => ({
  minimumFractionDigits: field.scale ?? 0,
  maximumFractionDigits: field.scale ?? 0,
});

const formatNumber = (value: unknown, locale: string, options: Intl.NumberFormatOptions): string =>
  new Intl.NumberFormat(locale, options).format(Number(value));

const formatDate = (iso: string, locale: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'short', ...options }).format(new Date(iso)).replaceAll('\u202f', ' ');
