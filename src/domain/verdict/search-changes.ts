import type { Change } from './change.ts';
import type { Trial } from './trial.ts';

/** Facts up to which all sets of them are looked at. */
const mostFacts = 12;

/** Combinations of values that are tried for one set of facts. */
const mostCombinations = 200;

/** Finds sets of changes, at most one of each fact, that make the definition hold and of which none can be left out. */
export function searchChanges(byFact: readonly (readonly Change[])[], trial: Trial): readonly (readonly Change[])[] {
  return byFact.length <= mostFacts ? searchAll(byFact, trial) : searchGreedily(byFact, trial);
}

/** Trials of one search: a score lets nothing be left out beforehand, so its combinations could be very many. */
const mostTrials = 2_000;

/** Goes through the sets of facts from small to large, and leaves out those that contain one that was found. */
function searchAll(byFact: readonly (readonly Change[])[], trial: Trial): readonly (readonly Change[])[] {
  const outcomes = byFact.map((changes) => changes.map((change) => trial.codes([change])));
  const scored = byFact.map((changes) => changes.some((change) => trial.isScored(change)));
  const couldHold = (set: number): boolean =>
    byFact.some((_, index) => scored[index] && has(set, index)) ||
    trial.couldHold(outcomes.filter((_, index) => has(set, index)).flat());
  const everything = 2 ** byFact.length - 1;
  if (!couldHold(everything)) return [];
  const needed = byFact.reduce(
    (set, _, index) => (couldHold(everything & ~(1 << index)) ? set : set | (1 << index)),
    0,
  );
  const budget = { trials: mostTrials };
  const found: { readonly set: number; readonly changes: readonly Change[] }[] = [];
  for (const set of setsWith(needed, byFact.length)) {
    if (found.some((each) => (each.set & set) === each.set) || !couldHold(set)) continue;
    const members = byFact.filter((_, index) => has(set, index));
    const changes = cheapest(members, trial, budget);
    if (changes) found.push({ set, changes });
  }
  return found.length > 0 ? found.map(({ changes }) => changes) : searchGreedily(byFact, trial);
}

const has = (set: number, index: number): boolean => (set & (1 << index)) !== 0;

/** The sets of so many things that have the needed ones, as bits, from small to large; never the empty one. */
function setsWith(needed: number, count: number): readonly number[] {
  const free = Array.from({ length: count }, (_, index) => index).filter((index) => !has(needed, index));
  const sets = Array.from({ length: 2 ** free.length }, (_, choice) =>
    free.reduce((set, index, position) => (has(choice, position) ? set | (1 << index) : set), needed),
  );
  return sets.filter((set) => set > 0).sort((a, b) => sizeOf(a) - sizeOf(b) || a - b);
}

function sizeOf(set: number): number {
  let size = 0;
  for (let rest = set; rest > 0; rest >>= 1) size += rest & 1;
  return size;
}

/** The cheapest choice of one change for each fact with which the definition holds. */
function cheapest(
  members: readonly (readonly Change[])[],
  trial: Trial,
  budget: { trials: number },
): readonly Change[] | undefined {
  let choices: readonly (readonly Change[])[] = [[]];
  for (const changes of members) {
    choices = choices.flatMap((choice) => changes.map((change) => [...choice, change])).slice(0, mostCombinations);
  }
  const costOf = (choice: readonly Change[]): number => choice.reduce((sum, { cost }) => sum + cost, 0);
  return choices.toSorted((a, b) => costOf(a) - costOf(b)).find((choice) => budget.trials-- > 0 && trial.holds(choice));
}

/** Adds the cheapest change of each fact until the definition holds, then takes away what it holds without. */
function searchGreedily(byFact: readonly (readonly Change[])[], trial: Trial): readonly (readonly Change[])[] {
  const firsts = byFact.flatMap((changes) => changes.slice(0, 1)).toSorted((a, b) => a.cost - b.cost);
  const enough = firsts.findIndex((_, index) => trial.holds(firsts.slice(0, index + 1)));
  if (enough < 0) return [];
  let needed: readonly Change[] = firsts.slice(0, enough + 1);
  for (const change of needed.toReversed()) {
    const without = needed.filter((each) => each !== change);
    if (without.length > 0 && trial.holds(without)) needed = without;
  }
  return [needed];
}
