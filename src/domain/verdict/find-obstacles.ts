import { met, notMet, type OutcomeCode } from './outcome-code.ts';
import { outcomeOf, type DefinitionNode } from './outcome-of.ts';

/**
 * Finds the clauses that keep a definition from being met, given the outcomes of its clauses.
 *
 * A clause that is not met beside an alternative that is, stands in nobody's way.
 */
export function findObstacles(node: DefinitionNode, codes: readonly OutcomeCode[]): readonly number[] {
  const found: number[] = [];
  collect(node, codes, true, found);
  return found;
}

function collect(node: DefinitionNode, codes: readonly OutcomeCode[], wanted: boolean, found: number[]): void {
  if (outcomeOf(node, codes) === (wanted ? met : notMet)) return;
  if (node.kind === 'clause') {
    found.push(node.index);
    return;
  }
  const wantedOfParts = node.kind === 'none' ? !wanted : wanted;
  for (const part of node.nodes) collect(part, codes, wantedOfParts, found);
}
