/** Quotes text as a SOQL string literal. */
export const soqlString = (text: string): string =>
  `'${text.replaceAll(/[\\'"\n\r\t\b\f]/g, (character) => ESCAPES[character] ?? character)}'`;

/** A SOQL literal that matches text which contains the given one; wildcards in it stand for themselves. */
export const soqlContains = (text: string): string => {
  const quoted = soqlString(text)
    .slice(1, -1)
    .replaceAll(/[%_]/g, String.raw`\$&`);
  return `'%${quoted}%'`;
};

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": String.raw`\'`,
  '"': String.raw`\"`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
  '\b': String.raw`\b`,
  '\f': String.raw`\f`,
};
