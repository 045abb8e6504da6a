export type LayoutSection = { readonly label: string; readonly columns: readonly (readonly LayoutItem[])[] };

export type LayoutItem = {
  readonly field: string;
  readonly label: string;
  readonly readOnly: boolean;
  readonly required: boolean;
};
