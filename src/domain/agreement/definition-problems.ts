import { canonicalJson } from './canonical-json.ts';
import { factType, misfits } from './fact-type.ts';
import { nearestName } from './nearest-name.ts';
import { withSuggestion, type Problem } from './problem.ts';
import type { Agreement, Comparison, Condition } from './schema.ts';
import {
  criterionOf,
  referenceOf,
  toDefinition,
  walkCriteria,
  walkDefinitions,
  type WrittenCriterion,
  type WrittenDefinition,
} from './walk-criteria.ts';

/** Finds comparisons that do not fit their fact, and definitions that cannot be met or say a thing twice. */
export const definitionProblems = (agreement: Agreement): readonly Problem[] => [
  ...walkCriteria(agreement).flatMap((criterion) => criterionProblems(agreement, criterion)),
  ...walkDefinitions(agreement).flatMap((written) => [
    ...countProblems(written),
    ...repetitions(written),
    ...contradictions(written),
  ]),
];

function criterionProblems(agreement: Agreement, { fact: name, comparison, path }: WrittenCriterion): Problem[] {
  const fact = Object.hasOwn(agreement.facts, name) ? agreement.facts[name] : undefined;
  if (!fact) return [];
  const type = factType(fact);
  const wrong = type === 'number' || type === 'text' ? misfits(comparison, type) : [];
  return [
    ...wrong.map((key): Problem => {
      const message = `"${name}" is ${type === 'number' ? 'a number' : 'text'}; "${key}" does not fit it.`;
      return { severity: 'error', path: [...path, key], message, code: 'wrong-comparison' };
    }),
    ...('owner' in fact && fact.owner === 'kind' ? ownerKindProblems(comparison, path) : []),
    ...rangeProblems(comparison, path),
  ];
}

const ownerKinds = ['user', 'queue'];

const ownerKindProblems = (comparison: Comparison, path: WrittenCriterion['path']): Problem[] =>
  (['is', 'isNot', 'in', 'notIn'] as const).flatMap((key) =>
    [comparison[key] ?? []].flat().flatMap((value): Problem[] => {
      if (ownerKinds.includes(String(value).toLowerCase())) return [];
      const message = `An owner is a user or a queue, not "${String(value)}".`;
      const problem: Problem = { severity: 'error', path: [...path, key], message, code: 'wrong-value' };
      return [withSuggestion(problem, nearestName(String(value), ownerKinds))];
    }),
  );

type Range = { readonly low: number; readonly high: number; readonly open: boolean };

function rangeProblems(comparison: Comparison, path: WrittenCriterion['path']): Problem[] {
  const { between, before, after } = comparison;
  const [first, last] = between ?? [];
  const backwards = first !== undefined && last !== undefined && typeof first === typeof last && first > last;
  const noDate = before !== undefined && after !== undefined && Date.parse(after) >= Date.parse(before);
  if (!backwards && !noDate && !isEmpty(rangeOf([comparison]))) return [];
  const message = noDate
    ? 'No date is both after and before these, so it is never met.'
    : 'No number is in this range, so it is never met.';
  return [{ severity: 'error', path, message, code: 'never-met' }];
}

/** The numbers that pass all of these comparisons. */
function rangeOf(comparisons: readonly Comparison[]): Range {
  const lows = comparisons.flatMap(({ atLeast, between, is }) => numbers(atLeast, between?.[0], is));
  const highs = comparisons.flatMap(({ atMost, between, is }) => numbers(atMost, between?.[1], is));
  const above = Math.max(...comparisons.flatMap((each) => numbers(each.above)), -Infinity);
  const below = Math.min(...comparisons.flatMap((each) => numbers(each.below)), Infinity);
  const low = Math.max(...lows, above);
  const high = Math.min(...highs, below);
  return { low, high, open: above === low || below === high };
}

const numbers = (...values: readonly unknown[]): number[] => values.filter((value) => typeof value === 'number');

const isEmpty = ({ low, high, open }: Range): boolean => low > high || (low === high && open);

/** `atLeast n of` a list that is shorter than n. */
function countProblems({ definition, path }: WrittenDefinition): Problem[] {
  const { atLeast } = definition;
  if (!atLeast || atLeast.n <= atLeast.of.length) return [];
  const message = `At least ${atLeast.n} of ${atLeast.of.length} conditions can never be met.`;
  return [{ severity: 'error', path: [...path, 'atLeast', 'n'], message, code: 'never-met' }];
}

/** One condition twice in a list: there is nothing wrong with it but that another one was meant. */
function repetitions({ definition, path }: WrittenDefinition): Problem[] {
  const { all, any, none, atLeast } = definition;
  const repeated = (list: readonly Condition[] | undefined, ...keys: readonly string[]): Problem[] => {
    const seen = new Set<string>();
    return (list ?? []).flatMap((condition, index): Problem[] => {
      const written = canonicalJson(condition);
      if (!seen.has(written)) {
        seen.add(written);
        return [];
      }
      const message = 'This condition stands in the list twice.';
      return [{ severity: 'warning', path: [...path, ...keys, index], message, code: 'duplicate' }];
    });
  };
  return [
    ...repeated(all, 'all'),
    ...repeated(any, 'any'),
    ...repeated(none, 'none'),
    ...repeated(atLeast?.of, 'atLeast', 'of'),
  ];
}

/**
 * What `all` wants and `none` refuses, and ranges of one fact that exclude each other.
 *
 * Only warnings: where the fact is unknown the definition is unknown, too, and inside a `none` somebody may mean it.
 */
function contradictions({ definition: { all = [], none = [] }, path }: WrittenDefinition): Problem[] {
  const refused = new Set(none.map((each) => canonicalJson(each)));
  const both = all.flatMap((condition, index): Problem[] => {
    if (!refused.has(canonicalJson(condition))) return [];
    const message = 'This is wanted by "all" and refused by "none", so the definition is never met.';
    return [{ severity: 'warning', path: [...path, 'all', index], message, code: 'never-met' }];
  });
  const criteria = all.flatMap((condition, index) => {
    if (toDefinition(condition) || referenceOf(condition) !== undefined) return [];
    const [fact, comparison] = criterionOf(condition);
    return [{ fact, comparison, index }];
  });
  const ranges = [...Map.groupBy(criteria, ({ fact }) => fact)].flatMap(([fact, written]): Problem[] => {
    const last = written.at(-1);
    const comparisons = written.map(({ comparison }) => comparison);
    if (!last || written.length < 2 || comparisons.some((each) => isEmpty(rangeOf([each])))) return [];
    if (!isEmpty(rangeOf(comparisons))) return [];
    const message = `No number meets all that is said of "${fact}" here, so the definition is never met.`;
    return [{ severity: 'warning', path: [...path, 'all', last.index, fact], message, code: 'never-met' }];
  });
  return [...both, ...ranges];
}
