/** A value as JSON carries it; a property that is undefined is not there. */
export type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };

/** A property by its name, or an item of a list by its key (`itemKeys`). */
export type Step = string | { readonly item: string };
export type Path = readonly Step[];

/**
 * One difference between two documents.
 *
 * An added item goes to the end of its list; where that is not its place, an `order` follows that names all items.
 */
export type Change =
  | { readonly kind: 'set'; readonly path: Path; readonly from: Json; readonly to: Json }
  | { readonly kind: 'add'; readonly path: Path; readonly to: Json }
  | { readonly kind: 'remove'; readonly path: Path; readonly from: Json }
  | { readonly kind: 'order'; readonly path: Path; readonly from: readonly string[]; readonly to: readonly string[] };

export type JsonObject = { readonly [key: string]: Json };

export const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** `stages.mql.when.all.employees`: a path for people and for messages. */
export const pathWords = (path: Path): string =>
  path.map((step) => (typeof step === 'string' ? step : step.item)).join('.');
