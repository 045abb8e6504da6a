/** A piece of SQL with the values for its `?`, in order. */
export type SqlPart = { readonly text: string; readonly params: readonly (string | number | null)[] };
