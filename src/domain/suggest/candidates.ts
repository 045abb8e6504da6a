import { amendments, amendmentText } from '../agreement/diff/amendments.ts';
import { factField } from '../agreement/fact-source.ts';
import type { Agreement, Comparison, Fact } from '../agreement/schema.ts';
import { restrictedFacts } from '../agreement/uses.ts';
import { walkCriteria, type WrittenCriterion } from '../agreement/walk-criteria.ts';
import type { Scalar } from '../timeline/timeline.ts';
import { withoutEntry, withValue } from './edit-document.ts';

/** A change of one clause. */
export type Candidate = {
  /** In words, such as `Marketing qualified lead: Employees: at least 50 → at least 20`. */
  readonly change: string;
  /** Where the clause is written, which its other candidates share. */
  readonly place: string;
  readonly restricted: boolean;
  readonly agreement: Agreement;
};

/** Field path → the values that people have, each as often as it occurs. */
export type ObservedValues = ReadonlyMap<string, readonly Scalar[]>;

const bounds = ['atLeast', 'above', 'atMost', 'below'] as const;
const lists = ['in', 'notIn'] as const;

/** Values of a text field that are worth adding to a list: at least this share of the people have them. */
const commonShare = 0.01;
const mostValues = 8;

/** Lists the changes of single clauses that decide who reaches `target`: a threshold moved, a value more or less, a clause less. */
export function candidatesOf(agreement: Agreement, target: string, observed: ObservedValues): readonly Candidate[] {
  const restricted = restrictedFacts(agreement);
  const stage = agreement.stages.findIndex(({ id }) => id === target);
  return walkCriteria(agreement)
    .filter(({ path }) => path[0] === 'conditions' || (path[0] === 'stages' && path[1] === stage))
    .flatMap((criterion) =>
      changesOf(agreement, criterion, observed).map((changed) => ({
        change: amendments(agreement, changed).map(amendmentText).join('; '),
        place: criterion.path.join('.'),
        restricted: restricted.has(criterion.fact),
        agreement: changed,
      })),
    );
}

function changesOf(
  agreement: Agreement,
  { fact: name, comparison, path }: WrittenCriterion,
  observed: ObservedValues,
): readonly Agreement[] {
  const fact = agreement.facts[name];
  if (!fact) return [];
  const values = observed.get(factField(fact) ?? '') ?? [];
  const removed = withoutEntry(agreement, path.slice(0, -1));
  return [
    ...bounds.flatMap((key) =>
      thresholds(fact, comparison, key, values).map((bound) => withValue(agreement, [...path, key], bound)),
    ),
    ...lists.flatMap((key) =>
      listsNear(comparison[key], values).map((list) => withValue(agreement, [...path, key], list)),
    ),
    // Of changes that do equally well the first is taken, and to drop a clause is the greatest change.
    ...(removed ? [removed] : []),
  ];
}

/** Deciles of what people have, and for facts that are counted the numbers around the bound. */
function thresholds(
  fact: Fact,
  comparison: Comparison,
  key: (typeof bounds)[number],
  values: readonly Scalar[],
): readonly number[] {
  const bound = comparison[key];
  if (bound === undefined) return [];
  const numbers = values.filter((value) => typeof value === 'number').toSorted((a, b) => a - b);
  const found = 'field' in fact ? deciles(numbers) : around(bound);
  return [...new Set(found)].filter((value) => value !== bound);
}

const deciles = (sorted: readonly number[]): readonly number[] =>
  [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].flatMap((part) => sorted[Math.floor(part * sorted.length)] ?? []);

const around = (bound: number): readonly number[] =>
  [bound - 2, bound - 1, bound + 1, bound + 2, Math.round(bound / 2), bound * 2].filter((each) => each >= 1);

function listsNear(
  list: readonly (string | number | boolean)[] | undefined,
  values: readonly Scalar[],
): readonly (readonly (string | number | boolean)[])[] {
  if (!list) return [];
  const known = new Set(list.map((each) => String(each).toLowerCase()));
  const common = [...Map.groupBy(values, String)]
    .filter(([text, same]) => !known.has(text.toLowerCase()) && same.length >= values.length * commonShare)
    .toSorted(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .slice(0, mostValues)
    .flatMap(([, [value]]) => (value === null || value === undefined ? [] : [value]));
  const shorter = list.length > 1 ? list.map((each) => list.filter((other) => other !== each)) : [];
  return [...shorter, ...common.map((value) => [...list, value])];
}
