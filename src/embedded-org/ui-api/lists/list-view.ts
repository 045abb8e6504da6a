/** A condition of a list view; several values stand for any of them. */
export type ListFilter = {
  readonly path: string;
  readonly operator: FilterOperator;
  readonly values: readonly string[];
};

export type FilterOperator =
  | 'equals'
  | 'notEqual'
  | 'lessThan'
  | 'greaterThan'
  | 'lessOrEqual'
  | 'greaterOrEqual'
  | 'contains'
  | 'notContain'
  | 'startsWith'
  | 'includes'
  | 'excludes';

export type SortOrder = { readonly path: string; readonly descending: boolean };

/** A named selection of an object's records with the columns that show them. Paths are field paths from the object. */
export type ListView = {
  readonly id: string;
  readonly objectName: string;
  readonly name: string;
  readonly label: string;
  readonly columns: readonly string[];
  readonly mine: boolean;
  readonly filters: readonly ListFilter[];
  /** How the filters are joined, e.g. `1 AND (2 OR 3)`; all must hold if left out. */
  readonly logic: string | undefined;
  readonly order: readonly SortOrder[];
};
