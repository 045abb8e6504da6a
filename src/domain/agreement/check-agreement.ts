import { meaningProblems } from './meaning-problems.ts';
import type { Problem } from './problem.ts';
import { agreementSchema, type Agreement } from './schema.ts';
import { schemaProblems } from './schema-problems.ts';

export type AgreementCheck =
  | { readonly ok: true; readonly agreement: Agreement; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Deepest nesting of keys and lists; far above what people write, far below what would exhaust the stack. */
const deepestNesting = 40;

/**
 * Checks a document that was parsed from YAML or JSON, by itself: shape, names, and definitions that cannot be meant.
 *
 * The agreement that comes out equals what went in. Whether its fields exist in an org is for `checkAgainstObjects`.
 */
export function checkAgreement(input: unknown): AgreementCheck {
  if (isTooDeep(input, deepestNesting)) {
    const message = `The document is nested more than ${deepestNesting} levels deep, or refers to itself.`;
    return { ok: false, problems: [{ severity: 'error', path: [], message, code: 'too-deep' }] };
  }
  const parsed = agreementSchema.safeParse(input);
  if (!parsed.success) return { ok: false, problems: schemaProblems(parsed.error.issues, input) };
  const problems = meaningProblems(parsed.data);
  if (problems.some((problem) => problem.severity === 'error')) return { ok: false, problems };
  return { ok: true, agreement: parsed.data, warnings: problems };
}

function isTooDeep(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isTooDeep(each, levels - 1));
}
