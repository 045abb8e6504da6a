import type { FormulaType } from '../../data/formula/compiled.ts';
import { compileFormula } from '../../data/formula/compile-formula.ts';
import { FormulaError } from '../../data/formula/formula-error.ts';
import { recordScope } from '../../data/formula/record-scope.ts';
import type { OrgCore } from '../../data/org-core.ts';
import type { ObjectDef } from '../../data/types.ts';
import { DeployError } from '../deploy-error.ts';

/** Compiles a formula to see that it can be; throws DeployError with the platform's message when it cannot. */
export function checkFormula(
  core: OrgCore,
  object: ObjectDef,
  formula: string,
  place: string,
  result?: FormulaType,
): void {
  try {
    compileFormula(formula, recordScope(core, object), result);
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    throw new DeployError(place === 'CustomField' ? error.message : `Error in ${place}: ${error.message}`);
  }
}
