import { meaningProblems } from './meaning-problems.ts';
import type { Problem } from './problem.ts';
import { agreementSchema, type Agreement } from './schema.ts';
import { schemaProblems } from './schema-problems.ts';
import { structureProblems } from './structure-problems.ts';

export type AgreementCheck =
  | { readonly ok: true; readonly agreement: Agreement; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Checks a document that was parsed from YAML or JSON, by itself: shape, names, and definitions that cannot be meant.
 *
 * The agreement that comes out equals what went in. Whether its fields exist in an org is for `checkAgainstObjects`.
 */
export function checkAgreement(input: unknown): AgreementCheck {
  const unfit = structureProblems(input);
  if (unfit.length > 0) return { ok: false, problems: unfit };
  const parsed = agreementSchema.safeParse(input);
  if (!parsed.success) return { ok: false, problems: schemaProblems(parsed.error.issues, input) };
  const problems = meaningProblems(parsed.data);
  if (problems.some((problem) => problem.severity === 'error')) return { ok: false, problems };
  return { ok: true, agreement: parsed.data, warnings: problems };
}
