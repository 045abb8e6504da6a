import type { FieldDef, FieldType, UserContext, Value } from '../data/types.ts';

/** The value as UI API carries it: instants end in `Z`, which the REST API writes as `+0000`. */
export function toUiValue(field: FieldDef, value: unknown): unknown {
  if (field.type === 'datetime' && typeof value === 'string') return value.replace(/\+0000$/, 'Z');
  return value ?? null;
}

/** The text that a page shows for a value in the user's locale and time zone; null where the value speaks for itself. */
export function toDisplayValue(field: FieldDef, value: Value | undefined, user: UserContext): string | null {
  if (value === null || value === undefined) return null;
  return FORMATS[field.type]?.(String(value), field, user) ?? null;
}

type Format = (text: string, field: FieldDef, user: UserContext) => string;

const number: Format = (text, field, user) => formatNumber(Number(text), user, fraction(field));

const FORMATS: Readonly<Partial<Record<FieldType, Format>>> = {
  combobox: (text, field) => picklistLabel(field, text),
  currency: (text, field, user) =>
    formatNumber(Number(text), user, { style: 'currency', currency: 'USD', ...fraction(field) }),
  date: (text, _, user) => formatDate(`${text}T00:00:00Z`, user, { timeZone: 'UTC' }),
  datetime: (text, _, user) =>
    formatDate(text.replace(/\+0000$/, 'Z'), user, { timeZone: user.timeZone, timeStyle: 'short' }),
  double: number,
  int: number,
  multipicklist: (text, field) =>
    text
      .split(';')
      .map((each) => picklistLabel(field, each))
      .join(';'),
  percent: (text, field, user) => formatNumber(Number(text) / 100, user, { style: 'percent', ...fraction(field) }),
  picklist: (text, field) => picklistLabel(field, text),
};

export function picklistLabel(field: FieldDef, value: string): string {
  return field.picklist?.values.find((each) => each.value === value)?.label ?? value;
}

/** As many decimals as the field has. */
function fraction(field: FieldDef): Intl.NumberFormatOptions {
  return { minimumFractionDigits: field.scale ?? 0, maximumFractionDigits: field.scale ?? 0 };
}

function formatNumber(value: number, user: UserContext, options: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(localeOf(user), options).format(value);
}

function formatDate(iso: string, user: UserContext, options: Intl.DateTimeFormatOptions): string {
  const format = new Intl.DateTimeFormat(localeOf(user), { dateStyle: 'short', ...options });
  // newer locale data put a narrow no-break space before AM and PM, which the CRM does not
  return format.format(new Date(iso)).replaceAll('\u202f', ' ');
}

/** `en_US` → `en-US` */
const localeOf = (user: UserContext): string => user.locale.replaceAll('_', '-');
