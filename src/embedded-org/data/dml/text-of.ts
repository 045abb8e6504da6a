/** Writes a client's JSON value as the text it stands for: strings as they are, the rest as JSON, nothing for nothing. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value);
