import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { evaluate } from './formula-fixture.ts';

type Tree = number | { readonly operator: '+' | '-' | '*'; readonly left: Tree; readonly right: Tree };

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6 },
    fc.integer({ min: 0, max: 50 }),
    fc.record({ operator: fc.constantFrom('+', '-', '*'), left: tie('tree'), right: tie('tree') }),
  ),
}));

const bare = (node: Tree): string =>
  typeof node === 'number' ? String(node) : `(${bare(node.left)} ${node.operator} ${bare(node.right)})`;

function value(node: Tree): number {
  if (typeof node === 'number') return node;
  const [left, right] = [value(node.left), value(node.right)];
  return node.operator === '+' ? left + right : node.operator === '-' ? left - right : left * right;
}

it('computes integer arithmetic as JavaScript does', () => {
  fc.assert(
    fc.property(tree, (node) => {
      expect(evaluate(bare(node)) === 0 ? 0 : evaluate(bare(node))).toBe(value(node) === 0 ? 0 : value(node));
    }),
  );
});

it('reads back every text literal', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (text) => {
      const literal = `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
      expect(evaluate(literal) ?? '').toBe(text);
    }),
  );
});

it('takes AND, OR and NOT apart as De Morgan says, wherever nothing is blank', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.boolean(), (left, right) => {
      const source = `NOT(AND(${left}, ${right})) = OR(NOT(${left}), NOT(${right}))`;
      expect(evaluate(source)).toBe(true);
    }),
  );
});

it('finds what it cut out', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{1,20}$/), fc.integer({ min: 1, max: 20 }), (text, length) => {
      expect(evaluate(`BEGINS(Text__c, LEFT(Text__c, ${length}))`, { Text: text })).toBe(true);
      expect(evaluate(`LEN(LEFT(Text__c, ${length}))`, { Text: text })).toBe(Math.min(length, text.length));
    }),
  );
});
