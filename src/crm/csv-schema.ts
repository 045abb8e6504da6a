import type { Schema } from 'udsv';

/** The CSV of Bulk API 2.0 as udsv wants it described: all text, since types are told by describe, not guessed; the header comes out as the first row. */
export const csvSchema = (names: readonly string[]): Schema => ({
  col: ',',
  row: '\n',
  encl: '"',
  esc: '"',
  trim: false,
  cols: names.map((name) => ({ name, type: 's', repl: { empty: undefined, null: undefined, NaN: undefined } })),
});
