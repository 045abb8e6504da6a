import type { ConditionWithValueQuery } from '@jetstreamapp/soql-parser-js';
import { expect, it } from 'vitest';
import type { ConditionTree } from '../../../../src/embedded-org/data/soql/parse/condition-tree.ts';
import { foldAlternatives } from '../../../../src/embedded-org/data/soql/plan/fold-alternatives.ts';

const leaf = (field: string, operator: '=' | '>' | '!=', value: string): ConditionTree => ({
  kind: 'leaf',
  condition: { field, operator, value, literalType: 'STRING' } as ConditionWithValueQuery,
});

it('makes one list of all values that a field may equal, and keeps every other condition as it is', () => {
  const names = Array.from({ length: 5_000 }, (_, index) => `'Name ${index}'`);
  const others = [
    leaf('Name', '>', "'a'"),
    leaf('Name', '!=', "'b'"),
    { kind: 'not' as const, part: leaf('Name', '=', "'c'") },
  ];
  const equal = names.map((value, index) => leaf(index % 2 === 0 ? 'Name' : 'NAME', '=', value));
  const folded = foldAlternatives([...others, ...equal, leaf('Owner.Name', '=', "'d'")]);
  expect(folded).toHaveLength(others.length + 2);
  expect(folded).toEqual(expect.arrayContaining(others));
  const lists = folded.flatMap((tree) => (tree.kind === 'leaf' ? [tree.condition] : []));
  expect(lists).toContainEqual(expect.objectContaining({ field: 'Name', operator: 'IN', value: names }));
  expect(lists).toContainEqual(expect.objectContaining({ field: 'Owner.Name', operator: 'IN', value: ["'d'"] }));
});
