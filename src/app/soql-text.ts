/** Quotes text for a SOQL condition of a use case; the crm adapter has its own literals for typed values. */
export const quoted = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** A list for `IN`; an empty one would be a syntax error, so it becomes one that matches nothing. */
export const quotedList = (values: readonly string[]): string =>
  values.length === 0 ? "('')" : `(${values.map(quoted).join(', ')})`;
