import type { Receipt, ReceiptClause, ReceiptDefinition } from './decision.ts';

/** Values that the signed-in user may see, by field (`Lead.Industry`); a field that is absent may not be read. */
export type ViewerValues = Readonly<Record<string, string>>;

/**
 * The receipt as it would have been written if the fields that this user may not read were restricted facts: their
 * clauses are counted as withheld, and nothing that is left depends on how they came out.
 */
export function toViewerReceipt(receipt: Receipt, values: ViewerValues): Receipt {
  return { ...receipt, definitions: receipt.definitions.map((definition) => toViewerDefinition(definition, values)) };
}

/** Tells whether a clause judges a field that the user may not read. */
export const isHidden = ({ source }: ReceiptClause, values: ViewerValues): boolean =>
  fieldsOf(source).some((field) => !Object.hasOwn(values, field));

/** The fields that a clause judges, such as `Lead.Industry`. */
export function fieldsOf(source: ReceiptClause['source']): readonly string[] {
  if (source.kind === 'field') return [source.field];
  return source.kind === 'score' ? source.fields : [];
}

/** Tells whether a clause has to hold whatever the others do, as `mql.all.1`; a nested one can be made up for. */
export const standsAlone = ({ id }: ReceiptClause): boolean => /^[^.]+\.(all|none)\.\d+$/.test(id);

function toViewerDefinition(definition: ReceiptDefinition, values: ViewerValues): ReceiptDefinition {
  const shown = definition.clauses.filter((clause) => !isHidden(clause, values));
  const hidden = definition.clauses.length - shown.length;
  if (hidden === 0) return definition;
  const { stage, title, withheld, omitted } = definition;
  return {
    stage,
    title,
    clauses: shown.map(withoutInference),
    withheld: withheld + hidden,
    ...(omitted === undefined ? {} : { omitted }),
  };
}

/** Whether a nested clause stands in the way tells how its hidden neighbours came out. */
function withoutInference(clause: ReceiptClause): ReceiptClause {
  if (standsAlone(clause)) return clause;
  const { finding: _, ...rest } = clause;
  return rest;
}
