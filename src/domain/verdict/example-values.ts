import type { Agreement, Comparison } from '../agreement/schema.ts';
import type { Scalar } from '../timeline/timeline.ts';
import { groupValues } from './compile-comparison.ts';

const dayMs = 86_400_000;

/** Values at which a comparison holds or does not: some of each kind, for trying out. They need not fit all of it. */
export function exampleValues(comparison: Comparison, agreement: Pick<Agreement, 'groups'>): readonly Scalar[] {
  const { atLeast, atMost, above, below, between = [], before, after } = comparison;
  const { is, isNot, in: listed = [], notIn = [], inGroup = [], notInGroup = [], known } = comparison;
  const { contains, startsWith, endsWith, matches, includesAny, includesAll } = comparison;
  const numbers = [atLeast, atMost, above, below, ...between].filter((value) => typeof value === 'number');
  const dates = [before, after, ...between].filter((value) => typeof value === 'string');
  const values = [is ?? [], isNot ?? [], listed, notIn].flat();
  const groups = [...groupValues(inGroup, agreement), ...groupValues(notInGroup, agreement)];
  const texts = [contains, startsWith, endsWith, matches?.replaceAll('*', '')].filter((text) => text !== undefined);
  const lists = [includesAny ?? [], includesAll ?? []].flat();
  return [
    ...numbers.flatMap((bound) => [bound, Math.ceil(bound), Math.floor(bound) + 1, Math.ceil(bound) - 1]),
    ...dates.flatMap(daysAround),
    ...values.slice(0, 3),
    ...groups.slice(0, 1),
    ...texts,
    ...lists.slice(0, 1),
    ...(lists.length > 1 ? [lists.join(';')] : []),
    ...othersThan([...values, ...groups, ...texts, ...lists]),
    ...(known === undefined ? [] : ['known', null]),
  ];
}

function daysAround(bound: string): readonly string[] {
  const at = Date.parse(bound);
  return [
    bound,
    ...[-dayMs, dayMs].map((step) => new Date(at + step).toISOString().slice(0, bound.length > 10 ? 24 : 10)),
  ];
}

/** A value of the same type as these that is none of them. */
function othersThan(values: readonly Scalar[]): readonly Scalar[] {
  const [first] = values;
  if (typeof first === 'string') return ['another value'];
  if (typeof first === 'boolean') return [!first];
  const numbers = values.filter((value) => typeof value === 'number');
  return numbers.length > 0 ? [Math.max(...numbers) + 1] : [];
}
