import { met, type OutcomeCode } from './outcome-code.ts';
import type { DefinitionNode } from './outcome-of.ts';

/** The outcomes with which a definition holds most easily: met, and not met where a clause stands in an odd number of `none`. */
export function favourableCodes(node: DefinitionNode, count: number): readonly OutcomeCode[] {
  const codes = Array.from({ length: count }, (): OutcomeCode => met);
  const walk = (each: DefinitionNode, wanted: OutcomeCode): void => {
    if (each.kind === 'clause') codes[each.index] = wanted;
    else for (const part of each.nodes) walk(part, each.kind === 'none' ? ((met - wanted) as OutcomeCode) : wanted);
  };
  walk(node, met);
  return codes;
}
