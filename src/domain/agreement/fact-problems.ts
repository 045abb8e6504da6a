import { factType } from './fact-type.ts';
import type { Problem } from './problem.ts';
import type { Agreement, ScoreLine } from './schema.ts';

/** Finds scores that count what is no number, or that give nothing, and groups with a value twice. */
export const factProblems = (agreement: Agreement): readonly Problem[] => [
  ...Object.entries(agreement.facts).flatMap(([name, fact]) =>
    'score' in fact ? fact.score.flatMap((line, index) => lineProblems(agreement, name, line, index)) : [],
  ),
  ...Object.entries(agreement.groups ?? {}).flatMap(([name, { values }]) => repeatedValues(name, values)),
];

function lineProblems({ facts }: Agreement, name: string, line: ScoreLine, index: number): Problem[] {
  const path = ['facts', name, 'score', index];
  const problems: Problem[] = [];
  if (line.points === 0) {
    const message = 'This line gives no points; take it out or say how many.';
    problems.push({ severity: 'warning', path: [...path, 'points'], message, code: 'wrong-value' });
  }
  const counted = 'each' in line && Object.hasOwn(facts, line.each) ? facts[line.each] : undefined;
  if (counted && 'each' in line && factType(counted) === 'text') {
    const message = `"${line.each}" is text and cannot be counted; write "when" with a comparison.`;
    problems.push({ severity: 'error', path: [...path, 'each'], message, code: 'wrong-comparison' });
  }
  return problems;
}

const repeatedValues = (name: string, values: readonly string[]): Problem[] => {
  const folded = values.map((value) => value.toLowerCase());
  return folded.flatMap((value, index): Problem[] => {
    if (folded.indexOf(value) === index) return [];
    const message = `"${values[index]}" stands in the group twice.`;
    return [{ severity: 'warning', path: ['groups', name, 'values', index], message, code: 'duplicate' }];
  });
};
