import type { Problem } from './problem.ts';
import type { Agreement, Condition, Definition } from './schema.ts';
import { restrictedFacts } from './uses.ts';
import { criterionOf, referenceOf, toDefinition } from './walk-criteria.ts';

/**
 * Warns of stages that nobody reaches without a condition on a restricted fact: whoever sees the stage knows how that
 * condition came out. The agreement's named conditions must not go in circles.
 */
export function givenAwayProblems(agreement: Agreement): readonly Problem[] {
  const restricted = restrictedFacts(agreement);
  if (restricted.size === 0) return [];
  const toldBy = teller(agreement, restricted);
  return agreement.stages.flatMap(({ id, when, whenIn = {} }, at) =>
    [
      ...(when ? [{ when, path: ['stages', at, 'when'] }] : []),
      ...Object.entries(whenIn).map(([segment, own]) => ({ when: own, path: ['stages', at, 'whenIn', segment] })),
    ].flatMap((own): Problem[] => {
      const facts = [...new Set(toldBy(own.when, true))];
      if (facts.length === 0) return [];
      const message =
        `Whoever sees that somebody is in the stage "${id}" knows how the conditions on ` +
        `${facts.map((name) => `"${name}"`).join(', ')} came out, which ${facts.length === 1 ? 'is' : 'are'} restricted: ` +
        'nobody gets there without. Let an alternative lead there, or mean it.';
      return [{ severity: 'warning', path: own.path, message, code: 'given-away' }];
    }),
  );
}

type Teller = (condition: Condition, holds: boolean) => readonly string[];

/** Names the restricted facts of which something is known once a condition is known to hold, or not to hold. */
function teller({ conditions = {} }: Agreement, restricted: ReadonlySet<string>): Teller {
  // Conditions that name each other would otherwise be walked as often as they can be reached.
  const told = new Map<string, readonly string[]>();
  const toldByNamed = (name: string, holds: boolean): readonly string[] => {
    const named = Object.hasOwn(conditions, name) ? conditions[name] : undefined;
    const key = `${holds} ${name}`;
    const known = told.get(key) ?? (named ? [...new Set(toldBy(named, holds))] : []);
    told.set(key, known);
    return known;
  };
  const toldBy: Teller = (condition, holds) => {
    const definition = toDefinition(condition);
    if (definition) return toldByAll(definition, holds);
    const name = referenceOf(condition);
    if (name !== undefined) return toldByNamed(name, holds);
    const [fact] = criterionOf(condition);
    return restricted.has(fact) ? [fact] : [];
  };
  const toldByAll = ({ all, any, none, atLeast }: Definition, holds: boolean): readonly string[] => {
    const groups = [
      ...(all ? [{ parts: all, n: all.length, met: true }] : []),
      ...(any ? [{ parts: any, n: 1, met: true }] : []),
      ...(none ? [{ parts: none, n: none.length, met: false }] : []),
      ...(atLeast ? [{ parts: atLeast.of, n: atLeast.n, met: true }] : []),
    ].map(({ parts, n, met }) => {
      const byPart = parts.map((part) => toldBy(part, met === holds));
      return toldByCount(byPart, holds ? n : parts.length - n + 1);
    });
    return toldByCount(groups, holds ? groups.length : 1);
  };
  return toldBy;
}

/** What is known when `n` of these hold: something only if fewer than that hold without telling anything. */
const toldByCount = (told: readonly (readonly string[])[], n: number): readonly string[] =>
  told.filter((each) => each.length === 0).length < n ? told.flat() : [];
