import { met, not, notMet, unknown, type OutcomeCode } from './outcome-code.ts';

/** A definition as a tree over clauses, which are named by their position in `CompiledStage.clauses`. */
export type DefinitionNode =
  | { readonly kind: 'clause'; readonly index: number }
  | { readonly kind: 'all' | 'any' | 'none'; readonly nodes: readonly DefinitionNode[] }
  | { readonly kind: 'atLeast'; readonly n: number; readonly nodes: readonly DefinitionNode[] };

/** Combines the outcomes of clauses by Kleene's three-valued logic: unknown only where an unknown clause decides. */
export function outcomeOf(node: DefinitionNode, codes: readonly OutcomeCode[]): OutcomeCode {
  if (node.kind === 'clause') return codes[node.index] as OutcomeCode;
  if (node.kind === 'atLeast') return atLeast(node.n, node.nodes, codes);
  if (node.kind === 'all') return least(node.nodes, codes);
  const best = greatest(node.nodes, codes);
  return node.kind === 'any' ? best : not(best);
}

function least(nodes: readonly DefinitionNode[], codes: readonly OutcomeCode[]): OutcomeCode {
  let result: OutcomeCode = met;
  for (const node of nodes) {
    const code = node.kind === 'clause' ? (codes[node.index] as OutcomeCode) : outcomeOf(node, codes);
    if (code < result) result = code;
  }
  return result;
}

function greatest(nodes: readonly DefinitionNode[], codes: readonly OutcomeCode[]): OutcomeCode {
  let result: OutcomeCode = notMet;
  for (const node of nodes) {
    const code = node.kind === 'clause' ? (codes[node.index] as OutcomeCode) : outcomeOf(node, codes);
    if (code > result) result = code;
  }
  return result;
}

function atLeast(n: number, nodes: readonly DefinitionNode[], codes: readonly OutcomeCode[]): OutcomeCode {
  let sure = 0;
  let possible = 0;
  for (const node of nodes) {
    const code = node.kind === 'clause' ? (codes[node.index] as OutcomeCode) : outcomeOf(node, codes);
    if (code === met) sure++;
    if (code !== notMet) possible++;
  }
  if (sure >= n) return met;
  return possible >= n ? unknown : notMet;
}
