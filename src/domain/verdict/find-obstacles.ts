import type { CompiledAgreement } from './compile-agreement.ts';
import { met, notMet } from './outcome-code.ts';
import { outcomeOf, type DefinitionNode } from './outcome-of.ts';

/**
 * Finds the clauses that keep definitions of the stages from being met, given the outcomes of all clauses.
 *
 * A clause that is not met beside an alternative that is, stands in nobody's way.
 */
export function findObstacles(
  compiled: CompiledAgreement,
  codes: Uint8Array,
  ...stages: readonly number[]
): ReadonlySet<number> {
  const found = new Set<number>();
  for (const position of stages) {
    const node = compiled.stages[position]?.node;
    if (node) collect(node, codes, true, found);
  }
  return found;
}

function collect(node: DefinitionNode, codes: Uint8Array, wanted: boolean, found: Set<number>): void {
  if (outcomeOf(node, codes) === (wanted ? met : notMet)) return;
  if (node.kind === 'clause') {
    found.add(node.index);
    return;
  }
  const wantedOfParts = node.kind === 'none' ? !wanted : wanted;
  for (const part of node.nodes) collect(part, codes, wantedOfParts, found);
}
