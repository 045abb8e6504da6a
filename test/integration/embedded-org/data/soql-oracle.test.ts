import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SmallOrg } from './small-org.ts';

type Row = {
  LastName: string;
  Rating: string | null;
  NumberOfEmployees: number | null;
  DoNotCall: boolean;
  /** A parent with a text and a checkbox, or none. */
  person: { LastName: string; ShouldForget: boolean } | null;
};
type Condition =
  | { readonly kind: 'leaf'; readonly soql: string; readonly holds: (row: Row) => boolean }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] };

let small: SmallOrg;
const rows: Row[] = [];

beforeAll(() => {
  small = new SmallOrg();
  const people = [
    { LastName: 'Ödegård', ShouldForget: true },
    { LastName: 'Ask', ShouldForget: false },
  ];
  const ids = new Map(small.insert('Individual', people).map((id, index) => [people[index], id]));
  let number = 0;
  for (const Rating of [null, 'Hot', 'hot', 'Cold', 'Über'])
    for (const NumberOfEmployees of [null, 0, 5, 50])
      for (const person of [null, ...people])
        rows.push({ LastName: `N${number++}`, Rating, NumberOfEmployees, DoNotCall: number % 3 === 0, person });
  small.insert(
    'Lead',
    rows.map(({ person, ...row }) => ({
      ...row,
      Company: 'A',
      IndividualId: person === null ? null : ids.get(person),
    })),
  );
});
afterAll(() => small.close());

const same = (a: string | null, b: string | null): boolean => (a?.toLowerCase() ?? null) === (b?.toLowerCase() ?? null);
const text = (value: string | null): string => (value === null ? 'null' : `'${value}'`);

const rating = fc.constantFrom(null, 'Hot', 'COLD', 'Warm', 'üBER');
const count = fc.constantFrom(-1, 0, 5, 49, 50);
const name = fc.constantFrom(null, 'ÖDEGÅRD', 'ask', 'Nobody');
const order = fc.constantFrom('<', '<=', '>', '>=');

const nameOf = (row: Row): string | null => row.person?.LastName ?? null;
/** A checkbox of a parent that is not there is not checked. */
const forgets = (row: Row): boolean => row.person?.ShouldForget ?? false;

const toLeaf = (soql: string, holds: (row: Row) => boolean): Condition => ({ kind: 'leaf', soql, holds });

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
  fc
    .tuple(fc.boolean(), fc.boolean())
    .map(([one, other]) =>
      toLeaf(`DoNotCall IN (${String(one)}, ${String(other)})`, (row) => [one, other].includes(row.DoNotCall)),
    ),
  name.map((value) => toLeaf(`Individual.LastName = ${text(value)}`, (row) => same(nameOf(row), value))),
  fc
    .array(name, { minLength: 1, maxLength: 3 })
    .map((values) =>
      toLeaf(`Individual.LastName IN (${values.map(text).join(',')})`, (row) =>
        values.some((value) => same(nameOf(row), value)),
      ),
    ),
  fc.boolean().map((value) => toLeaf(`Individual.ShouldForget = ${String(value)}`, (row) => forgets(row) === value)),
  fc.boolean().map((value) => toLeaf(`Individual.ShouldForget IN (${String(value)})`, (row) => forgets(row) === value)),
);

/** A few conditions among so many alternatives that those of one field are looked up as a list. */
const manyAlternatives: fc.Arbitrary<Condition> = fc.array(leaf, { minLength: 1, maxLength: 4 }).map((parts) => {
  const idle = Array.from({ length: 65 }, (_, index) => toLeaf(`LastName = 'None ${index}'`, () => false));
  return { kind: 'or', parts: [...parts, ...idle] };
});

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

it('finds the same rows when alternatives are so many that they are looked up as lists', () => {
  fc.assert(
    fc.property(manyAlternatives, fc.boolean(), (many, isNegated) => {
      const tree: Condition = isNegated ? { kind: 'not', part: many } : many;
      const found = small.column(`SELECT LastName FROM Lead WHERE ${toSoql(tree)} ORDER BY Id`, 'LastName');
      expect(found).toEqual(rows.filter((row) => holds(tree, row)).map((row) => row.LastName));
    }),
    { numRuns: 200 },
  );
});

it('finds the same rows by a list of more than fifty values as by each of them', () => {
  const values = ['hot', 'über', ...Array.from({ length: 60 }, (_, index) => `None ${index}`)];
  const asked = `SELECT LastName FROM Lead WHERE Rating IN (${values.map(text).join(',')}) ORDER BY Id`;
  const expected = rows.filter((row) => values.some((value) => same(row.Rating, value))).map((row) => row.LastName);
  expect(small.column(asked, 'LastName')).toEqual(expected);
});
