import { canonicalJson } from './canonical-json.ts';
import { nearestName } from './nearest-name.ts';
import { withSuggestion, type Problem } from './problem.ts';
import type { Agreement, Stage } from './schema.ts';
import { reachedFacts, restrictedFacts, usesOf } from './uses.ts';

/** Finds stages and segments that cannot be told apart, lead nowhere, or are never reached. */
export const stageProblems = (agreement: Agreement): readonly Problem[] => [
  ...agreement.stages.flatMap((stage, index): Problem[] => [
    ...duplicates('stage', 'stages', agreement.stages, index),
    ...startProblems(stage, index),
    ...segmentNames(agreement, stage, index),
    ...dwellProblems(agreement, stage, index),
  ]),
  ...segmentProblems(agreement),
];

type Titled = { readonly id: string; readonly title: string };

/** Names the second of two entries that share an id or a title. */
export function duplicates(noun: string, section: string, all: readonly Titled[], index: number): Problem[] {
  return (['id', 'title'] as const).flatMap((key): Problem[] => {
    const value = all[index]?.[key];
    if (all.findIndex((each) => each[key] === value) === index) return [];
    const message = `Two ${noun}s have the ${key} "${value}"; each needs its own.`;
    return [{ severity: 'error', path: [...section.split('.'), index, key], message, code: 'duplicate' }];
  });
}

/** Everybody is in a stage: the first takes all, so every later one must say whom it takes. */
function startProblems(stage: Stage, index: number): Problem[] {
  const path = ['stages', index];
  if (index > 0) {
    if (stage.when !== undefined) return [];
    const message = 'Say whom this stage takes: "when" is missing.';
    return [{ severity: 'error', path: [...path, 'when'], message, code: 'missing' }];
  }
  return (['when', 'whenIn', 'side', 'back'] as const).flatMap((key): Problem[] => {
    if (stage[key] === undefined) return [];
    const message = `Everybody starts in the first stage, so it has no "${key}". Put a stage without "${key}" before it.`;
    return [{ severity: 'error', path: [...path, key], message, code: 'wrong-value' }];
  });
}

function segmentNames({ segments = [] }: Agreement, { whenIn = {} }: Stage, index: number): Problem[] {
  const ids = segments.map(({ id }) => id);
  return Object.keys(whenIn).flatMap((id): Problem[] => {
    if (ids.includes(id)) return [];
    const path = ['stages', index, 'whenIn', id];
    const problem: Problem = {
      severity: 'error',
      path,
      message: `There is no segment "${id}".`,
      code: 'unknown-segment',
    };
    return [withSuggestion(problem, nearestName(id, ids))];
  });
}

/** Days in a stage start anew on entry, so a stage that wants them is left at once unless it is kept. */
function dwellProblems({ facts }: Agreement, { when, back }: Stage, index: number): Problem[] {
  if (back === false) return [];
  return (when?.all ?? []).flatMap((condition, position): Problem[] => {
    const [name = ''] = Object.keys(condition);
    const fact = Object.hasOwn(facts, name) ? facts[name] : undefined;
    const { atLeast = 0, above = -1 } = (condition as Record<string, { atLeast?: number; above?: number }>)[name] ?? {};
    if (!fact || !('daysInStage' in fact) || (atLeast <= 0 && above < 0)) return [];
    const message = `"${name}" starts anew when the stage is entered, so the stage is left at once. Add "back: false".`;
    return [
      { severity: 'warning', path: ['stages', index, 'when', 'all', position, name], message, code: 'never-met' },
    ];
  });
}

function segmentProblems(agreement: Agreement): Problem[] {
  const { segments = [] } = agreement;
  const restricted = restrictedFacts(agreement);
  const written = segments.map(({ when }) => canonicalJson(when));
  return segments.flatMap((segment, index): Problem[] => {
    const first = written.indexOf(written[index] ?? '');
    const secret = reachedFacts(agreement, usesOf(segment.when)).find((fact) => restricted.has(fact));
    const path = ['segments', index, 'when'];
    return [
      ...duplicates('segment', 'segments', segments, index),
      ...(first < index ? [unreachable(path, segments[first]?.id ?? '')] : []),
      ...(secret === undefined ? [] : [revealing(path, secret)]),
    ];
  });
}

const unreachable = (path: Problem['path'], first: string): Problem => ({
  severity: 'warning',
  path,
  message: `Nobody gets here: the segment "${first}" before it takes the same people.`,
  code: 'never-met',
});

const revealing = (path: Problem['path'], fact: string): Problem => ({
  severity: 'error',
  path,
  message: `"${fact}" is restricted, and everyone would see by which definition a person is judged. Use another fact.`,
  code: 'wrong-value',
});
