import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SmallOrg } from './small-org.ts';

type Row = { LastName: string; Rating: string | null; NumberOfEmployees: number | null; DoNotCall: boolean };
type Condition =
  | { readonly kind: 'leaf'; readonly soql: string; readonly holds: (row: Row) => boolean }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] };

let small: SmallOrg;
const rows: Row[] = [];

beforeAll(() => {
  small = new SmallOrg();
  let number = 0;
  for (const Rating of [null, 'Hot', 'hot', 'Cold'])
    for (const NumberOfEmployees of [null, 0, 5, 50])
      for (const DoNotCall of [false, true])
        rows.push({ LastName: `N${number++}`, Rating, NumberOfEmployees, DoNotCall });
  small.insert(
    'Lead',
    rows.map((row) => ({ ...row, Company: 'A' })),
  );
});
afterAll(() => small.close());

const same = (a: string | null, b: string | null): boolean => (a?.toLowerCase() ?? null) === (b?.toLowerCase() ?? null);
const text = (value: string | null): string => (value === null ? 'null' : `'${value}'`);

const rating = fc.constantFrom(null, 'Hot', 'COLD', 'Warm');
const count = fc.constantFrom(-1, 0, 5, 49, 50);
const order = fc.constantFrom('<', '<=', '>', '>=');

/** What a condition means, said a second time in a few lines of JavaScript. */
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  rating.map((value) => toLeaf(`Rating = ${text(value)}`, (row) => same(row.Rating, value))),
  rating.map((value) => toLeaf(`Rating != ${text(value)}`, (row) => !same(row.Rating, value))),
  fc
    .array(rating, { minLength: 1, maxLength: 3 })
    .map((values) =>
      toLeaf(`Rating IN (${values.map(text).join(',')})`, (row) => values.some((value) => same(row.Rating, value))),
    ),
  fc
    .array(rating, { minLength: 1, maxLength: 3 })
    .map((values) =>
      toLeaf(
        `Rating NOT IN (${values.map(text).join(',')})`,
        (row) => !values.some((value) => same(row.Rating, value)),
      ),
    ),
  fc.constantFrom('h%', '%o%', '_ot', '%').map((pattern) => {
    const expression = new RegExp(`^${pattern.replaceAll('%', '.*').replaceAll('_', '.')}$`, 'i');
    return toLeaf(`Rating LIKE '${pattern}'`, (row) => row.Rating !== null && expression.test(row.Rating));
  }),
  fc.tuple(order, count).map(([operator, value]) =>
    toLeaf(`NumberOfEmployees ${operator} ${value}`, (row) => {
      const actual = row.NumberOfEmployees;
      if (actual === null) return false;
      return (
        { '<': actual < value, '<=': actual <= value, '>': actual > value, '>=': actual >= value }[operator] ?? false
      );
    }),
  ),
  fc.boolean().map((value) => toLeaf(`DoNotCall = ${String(value)}`, (row) => row.DoNotCall === value)),
);

const toLeaf = (soql: string, holds: (row: Row) => boolean): Condition => ({ kind: 'leaf', soql, holds });

const condition = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    tie('tree').map((part): Condition => ({ kind: 'not', part })),
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('tree'), { minLength: 2, maxLength: 3 }))
      .map(([kind, parts]): Condition => ({ kind, parts })),
  ),
})).tree;

function toSoql(tree: Condition): string {
  if (tree.kind === 'leaf') return tree.soql;
  if (tree.kind === 'not') return `(NOT (${toSoql(tree.part)}))`;
  return `(${tree.parts.map(toSoql).join(` ${tree.kind.toUpperCase()} `)})`;
}

function holds(tree: Condition, row: Row): boolean {
  if (tree.kind === 'leaf') return tree.holds(row);
  if (tree.kind === 'not') return !holds(tree.part, row);
  return tree.kind === 'and'
    ? tree.parts.every((part) => holds(part, row))
    : tree.parts.some((part) => holds(part, row));
}

it('finds exactly the rows for which the condition holds, however it is nested', () => {
  fc.assert(
    fc.property(condition, (tree) => {
      const found = small.column(`SELECT LastName FROM Lead WHERE ${toSoql(tree)} ORDER BY Id`, 'LastName');
      expect(found).toEqual(rows.filter((row) => holds(tree, row)).map((row) => row.LastName));
    }),
    { numRuns: 2000 },
  );
});
