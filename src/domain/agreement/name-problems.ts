import { reservedWords } from './criteria-schema.ts';
import { nearestName } from './nearest-name.ts';
import { withSuggestion, type Problem } from './problem.ts';
import type { Agreement } from './schema.ts';
import { walkCriteria, walkReferences, type DocumentPath, type WrittenCriterion } from './walk-criteria.ts';

/** Finds names of facts, groups and conditions that do not exist, cannot be used, or are used nowhere. */
export function nameProblems(agreement: Agreement): readonly Problem[] {
  const criteria = walkCriteria(agreement);
  const named = [
    ...criteria.map(({ fact, path }) => ({ name: fact, path })),
    ...countedFacts(agreement),
    ...completeFacts(agreement),
  ];
  const grouped = groupNames(agreement, criteria);
  const references = walkReferences(agreement);
  const { facts, groups = {}, conditions = {} } = agreement;
  return [
    ...reservedProblems(facts),
    ...unused('fact', 'facts', facts, named, 'No definition uses the fact'),
    ...unused('group', 'groups', groups, grouped, 'No criterion uses the group'),
    ...unused('condition', 'conditions', conditions, references, 'No definition uses the condition'),
    ...named.flatMap(({ name, path }) => unknown('fact', facts, name, path)),
    ...grouped.flatMap(({ name, path }) => unknown('group', groups, name, path)),
    ...references.flatMap(({ name, path }) => unknown('condition', conditions, name, path)),
  ];
}

type Named = { readonly name: string; readonly path: DocumentPath };

/** Facts that a score counts. */
const countedFacts = ({ facts }: Agreement): readonly Named[] =>
  Object.entries(facts).flatMap(([fact, written]) =>
    'score' in written
      ? written.score.flatMap((line, index) =>
          'each' in line ? [{ name: line.each, path: ['facts', fact, 'score', index, 'each'] }] : [],
        )
      : [],
  );

/** Facts that are promised to be known. */
const completeFacts = ({ promises = [] }: Agreement): readonly Named[] =>
  promises.flatMap((promise, index) =>
    'complete' in promise
      ? promise.complete.map((name, at) => ({ name, path: ['promises', index, 'complete', at] }))
      : [],
  );

/** Groups that criteria and filters of events name. */
function groupNames({ facts }: Agreement, criteria: readonly WrittenCriterion[]): readonly Named[] {
  const filters = Object.entries(facts).flatMap(([fact, written]) =>
    Object.entries(('where' in written && written.where) || {}).map(([attribute, comparison]) => ({
      comparison,
      path: ['facts', fact, 'where', attribute],
    })),
  );
  return [...criteria, ...filters].flatMap(({ comparison, path }) =>
    (['inGroup', 'notInGroup'] as const).flatMap((key) => {
      const given = typeof comparison === 'object' && !Array.isArray(comparison) ? comparison[key] : undefined;
      return [given ?? []].flat().map((name) => ({ name, path: [...path, key] }));
    }),
  );
}

const reservedProblems = (facts: Agreement['facts']): readonly Problem[] =>
  Object.keys(facts)
    .filter((name) => reservedWords.includes(name))
    .map((name): Problem => {
      const message =
        name === 'condition'
          ? '"condition" stands for a named condition and cannot name a fact.'
          : `"${name}" opens a group and cannot name a fact.`;
      return { severity: 'error', path: ['facts', name], message, code: 'wrong-value' };
    });

type Sort = 'fact' | 'group' | 'condition';

function unused(sort: Sort, section: string, all: object, used: readonly Named[], text: string): readonly Problem[] {
  const names = new Set(used.map(({ name }) => name));
  return Object.keys(all)
    .filter((name) => !names.has(name) && !reservedWords.includes(name))
    .map((name): Problem => {
      const problem = { severity: 'warning', path: [section, name], message: `${text} "${name}".` } as const;
      return { ...problem, code: `unused-${sort}` };
    });
}

function unknown(sort: Sort, all: object, name: string, path: DocumentPath): readonly Problem[] {
  if (Object.hasOwn(all, name)) return [];
  const problem: Problem = {
    severity: 'error',
    path,
    message: `There is no ${sort} "${name}".`,
    code: `unknown-${sort}`,
  };
  return [withSuggestion(problem, nearestName(name, Object.keys(all)))];
}
