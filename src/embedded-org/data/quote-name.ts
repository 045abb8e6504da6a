/** Quotes a table or column name; only names from the schema may come here, never text of a client. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
