/** A word, path, literal or sign of a query, and where it stands. */
export type SoqlToken = { readonly text: string; readonly offset: number };

const TOKEN = /'(?:\\.|[^'\\])*'?|[A-Za-z_][\w.]*|[+-]?\.?\d[\w.:+-]*|[<>!]=|\S/gs;

/** Splits SOQL into its tokens, whether they make a query or not. */
export const tokensOf = (soql: string): readonly SoqlToken[] =>
  [...soql.matchAll(TOKEN)].map((match) => ({ text: match[0], offset: match.index }));
