/** One line of CSV with every value quoted, as Bulk API 2.0 answers; null becomes an empty value. */
export function toCsvLine(values: readonly unknown[], delimiter: string, newline: string): string {
  let line = '';
  for (let i = 0; i < values.length; i++) line += (i === 0 ? '"' : `${delimiter}"`) + toText(values[i]) + '"';
  return line + newline;
}

function toText(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.includes('"') ? text.replaceAll('"', '""') : text;
}
