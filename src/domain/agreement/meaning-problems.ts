import { canonicalJson } from './canonical-json.ts';
import { eventProblems } from './event-problems.ts';
import { factField } from './fact-source.ts';
import { factType, misfits } from './fact-type.ts';
import { nearestName } from './nearest-name.ts';
import { withSuggestion, type Problem } from './problem.ts';
import { groupWords, type Agreement, type Comparison } from './schema.ts';
import { walkCriteria, walkDefinitions, type WrittenCriterion, type WrittenDefinition } from './walk-criteria.ts';

/** Longest document, in characters of canonical JSON, that the agreement record holds. */
export const longestDocument = 32_000;

/** Finds what a well-shaped agreement says that cannot be meant. */
export function meaningProblems(agreement: Agreement): readonly Problem[] {
  const criteria = walkCriteria(agreement);
  return [
    ...lengthProblems(agreement),
    ...signerProblems(agreement),
    ...factNameProblems(agreement, criteria),
    ...restrictionProblems(agreement),
    ...eventProblems(agreement),
    ...stageProblems(agreement),
    ...criteria.flatMap((criterion) => criterionProblems(agreement, criterion)),
    ...walkDefinitions(agreement).flatMap(countProblems),
  ];
}

function lengthProblems(agreement: Agreement): Problem[] {
  const { length } = canonicalJson(agreement);
  if (length <= longestDocument) return [];
  const message = `The document has ${length} characters as JSON; at most ${longestDocument} fit. Simplify the definitions.`;
  return [{ severity: 'error', path: [], message, code: 'too-long' }];
}

function signerProblems({ parties }: Agreement): Problem[] {
  const people = new Set(
    [...parties.marketing.signers, ...parties.sales.signers].map((each) => each.trim().toLowerCase()),
  );
  if (people.size > 1) return [];
  const message = 'One person is the only signer of both parties; two different people must sign.';
  return [{ severity: 'error', path: ['parties'], message, code: 'wrong-value' }];
}

function factNameProblems(agreement: Agreement, criteria: readonly WrittenCriterion[]): Problem[] {
  const used = new Set(criteria.map((criterion) => criterion.fact));
  return Object.keys(agreement.facts).flatMap((name): Problem[] => {
    const path = ['facts', name];
    if ((groupWords as readonly string[]).includes(name)) {
      return [
        { severity: 'error', path, message: `"${name}" opens a group and cannot name a fact.`, code: 'wrong-value' },
      ];
    }
    if (used.has(name)) return [];
    return [{ severity: 'warning', path, message: `No stage uses the fact "${name}".`, code: 'unused-fact' }];
  });
}

/** A field that one fact restricts and another shows would be readable by everyone after all. */
function restrictionProblems({ facts }: Agreement): Problem[] {
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

function stageProblems({ stages }: Agreement): Problem[] {
  return stages.flatMap((stage, index): Problem[] => [
    ...duplicates(stages, index, 'id'),
    ...duplicates(stages, index, 'title'),
    ...startProblems(stage.when !== undefined, index),
  ]);
}

function duplicates(stages: Agreement['stages'], index: number, key: 'id' | 'title'): Problem[] {
  const value = stages[index]?.[key];
  if (stages.findIndex((each) => each[key] === value) === index) return [];
  const message = `Two stages have the ${key} "${value}"; each needs its own.`;
  return [{ severity: 'error', path: ['stages', index, key], message, code: 'duplicate' }];
}

/** Everybody is in a stage: the first takes all, so every later one must say whom it takes. */
function startProblems(hasDefinition: boolean, index: number): Problem[] {
  const path = ['stages', index];
  if (index === 0 && hasDefinition) {
    const message = 'Everybody starts in the first stage, so it has no "when". Put a stage without "when" before it.';
    return [{ severity: 'error', path: [...path, 'when'], message, code: 'wrong-value' }];
  }
  if (index === 0 || hasDefinition) return [];
  return [
    {
      severity: 'error',
      path: [...path, 'when'],
      message: 'Say whom this stage takes: "when" is missing.',
      code: 'missing',
    },
  ];
}

function criterionProblems(agreement: Agreement, { fact: name, comparison, path }: WrittenCriterion): Problem[] {
  const fact = Object.hasOwn(agreement.facts, name) ? agreement.facts[name] : undefined;
  if (!fact) {
    const suggestion = nearestName(name, Object.keys(agreement.facts));
    const message = `There is no fact "${name}".`;
    return [withSuggestion({ severity: 'error', path, message, code: 'unknown-fact' }, suggestion)];
  }
  const type = factType(fact);
  const wrong = type === 'field' ? [] : misfits(comparison, type);
  return [
    ...wrong.map((key): Problem => {
      const message = `"${name}" is ${type === 'number' ? 'a number' : 'text'}; "${key}" does not fit it.`;
      return { severity: 'error', path: [...path, key], message, code: 'wrong-comparison' };
    }),
    ...rangeProblems(comparison, path),
  ];
}

function rangeProblems(comparison: Comparison, path: WrittenCriterion['path']): Problem[] {
  const { atLeast = -Infinity, above = -Infinity, atMost = Infinity, below = Infinity } = comparison;
  const low = Math.max(atLeast, above);
  const high = Math.min(atMost, below);
  const open = above === low || below === high;
  if (low < high || (low === high && !open)) return [];
  return [{ severity: 'error', path, message: 'No number is in this range, so it is never met.', code: 'never-met' }];
}

/** `atLeast n of` a list that is shorter than n. */
function countProblems({ definition, path }: WrittenDefinition): Problem[] {
  const { atLeast } = definition;
  if (!atLeast || atLeast.n <= atLeast.of.length) return [];
  const message = `At least ${atLeast.n} of ${atLeast.of.length} conditions can never be met.`;
  return [{ severity: 'error', path: [...path, 'atLeast', 'n'], message, code: 'never-met' }];
}
