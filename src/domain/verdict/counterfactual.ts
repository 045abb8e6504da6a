import type { Timeline } from '../timeline/timeline.ts';
import { changeCandidates } from './change-candidates.ts';
import { changeCosts, type Change } from './change.ts';
import type { CompiledAgreement } from './compile-agreement.ts';
import type { CompiledDefinition } from './compile-definition.ts';
import { met } from './outcome-code.ts';
import { outcomeOf } from './outcome-of.ts';
import { searchChanges } from './search-changes.ts';
import { Trial } from './trial.ts';
import { wantedFacts } from './wanted-facts.ts';

/** Changes that together make a definition hold; none of them can be left out. */
export type ChangeSet = {
  readonly changes: readonly Change[];
  readonly cost: number;
  /** The clauses that come out otherwise, by position. */
  readonly flipped: readonly number[];
  /** When time alone undoes what holds already (epoch ms); undefined where it does not. */
  readonly by: number | undefined;
};

/** How many ways are told. */
const mostAlternatives = 3;

/**
 * Finds the cheapest changes that make a definition hold for a person; nothing where it holds.
 *
 * Whatever holds of restricted clauses, they are taken to come out as the definition wants them, so that the answer
 * tells nothing about them. Exact for definitions with up to twelve facts that stand in the way: of all sets of facts
 * the cheapest are found, and none is told with more than it needs. Beyond that the cheapest changes are gathered until
 * the definition holds, and those that were not needed are dropped again. What cannot change is never told first.
 */
export function findChanges(
  compiled: CompiledAgreement,
  definition: CompiledDefinition,
  timeline: Timeline,
  now: number,
): readonly ChangeSet[] {
  const { node, clauses } = definition;
  if (!node) return [];
  const trial = new Trial(compiled, definition, node, timeline, now);
  if (outcomeOf(node, trial.base) === met) return [];
  const open = clauses.filter((clause, index) => !clause.restricted && trial.base[index] !== trial.favourable[index]);
  const byFact = wantedFacts(open, compiled.agreement)
    .map((wanted) => useful(changeCandidates(wanted, compiled.agreement, timeline, now), trial))
    .filter((changes) => changes.length > 0);
  const found = searchChanges(byFact, trial)
    .map((changes) => ({ changes, cost: changes.reduce((sum, change) => sum + change.cost, 0) }))
    .toSorted((a, b) => a.cost - b.cost)
    .slice(0, mostAlternatives);
  if ((found[0]?.cost ?? 0) >= changeCosts.immovable) return [];
  return found.map((each) => ({ ...each, flipped: trial.flippedBy(each.changes), by: trial.undoneAt(each.changes) }));
}

/** Of changes that make the same difference the cheapest, and none that makes no difference for the better. */
function useful(changes: readonly Change[], trial: Trial): readonly Change[] {
  const best = new Map<string, Change>();
  for (const change of changes.toSorted((a, b) => a.cost - b.cost)) {
    const codes = trial.codes([change]);
    const helps = codes.some((code, index) => trial.gain(code, index) > 0) || trial.isScored(change);
    const key = trial.isScored(change) ? `${codes.join()} ${change.cost}` : codes.join();
    if (helps && !best.has(key)) best.set(key, change);
  }
  return [...best.values()];
}
