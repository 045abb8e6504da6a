import { met, not, notMet, unknown, type OutcomeCode } from './outcome-code.ts';

/** A definition as a tree over clauses, which are named by their position in `CompiledStage.clauses`. */
export type DefinitionNode =
  | { readonly kind: 'clause'; readonly index: number }
  | { readonly kind: 'all' | 'any' | 'none'; readonly nodes: readonly DefinitionNode[] }
  | { readonly kind: 'atLeast'; readonly n: number; readonly nodes: readonly DefinitionNode[] };

/** Combines the outcomes of clauses by Kleene's three-valued logic: unknown only where an unknown clause decides. */
export function outcomeOf(node: DefinitionNode, codes: readonly OutcomeCode[]): OutcomeCode {
  switch (node.kind) {
    case 'clause':
      return codes[node.index] ?? unknown;
    case 'all':
      return least(node.nodes, codes);
    case 'any':
      return greatest(node.nodes, codes);
    case 'none':
      return not(greatest(node.nodes, codes));
    case 'atLeast':
      return atLeast(node.n, node.nodes, codes);
  }
}

function least(nodes: readonly DefinitionNode[], codes: readonly OutcomeCode[]): OutcomeCode {
  let result: OutcomeCode = met;
  for (const node of nodes) {
    const code = outcomeOf(node, codes);
    if (code < result) result = code;
  }
  return result;
}

function greatest(nodes: readonly DefinitionNode[], codes: readonly OutcomeCode[]): OutcomeCode {
  let result: OutcomeCode = notMet;
  for (const node of nodes) {
    const code = outcomeOf(node, codes);
    if (code > result) result = code;
  }
  return result;
}

function atLeast(n: number, nodes: readonly DefinitionNode[], codes: readonly OutcomeCode[]): OutcomeCode {
  let sure = 0;
  let possible = 0;
  for (const node of nodes) {
    const code = outcomeOf(node, codes);
    if (code === met) sure++;
    if (code !== notMet) possible++;
  }
  if (sure >= n) return met;
  return possible >= n ? unknown : notMet;
}
