import { factField } from './fact-source.ts';
import type { Problem } from './problem.ts';
import type { Agreement } from './schema.ts';

/** Finds fields that one fact restricts and another shows: they would be readable by everyone after all. */
export function restrictionProblems({ facts }: Agreement): readonly Problem[] {
  const restricted = new Map(
    Object.entries(facts).flatMap(([name, fact]) => {
      const field = fact.restricted ? factField(fact) : undefined;
      return field === undefined ? [] : [[field, name] as const];
    }),
  );
  return Object.entries(facts).flatMap(([name, fact]): Problem[] => {
    const field = factField(fact);
    const other = field === undefined ? undefined : restricted.get(field);
    if (fact.restricted || other === undefined) return [];
    const message = `"${other}" restricts ${field}, which "${name}" shows to everyone: restrict both or neither.`;
    return [{ severity: 'error', path: ['facts', name], message, code: 'wrong-value' }];
  });
}
