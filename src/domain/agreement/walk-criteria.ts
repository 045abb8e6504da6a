import { triggersOf } from './promise-triggers.ts';
import type { Agreement, Comparison, Condition, Criterion, Definition } from './schema.ts';

export type DocumentPath = readonly (string | number)[];

/** One comparison in a definition, with where it stands. */
export type WrittenCriterion = {
  readonly fact: string;
  readonly comparison: Comparison;
  /** Path from the root of the document to the fact's name. */
  readonly path: DocumentPath;
};

/** A group or a nest of groups, with where it stands. */
export type WrittenDefinition = { readonly definition: Definition; readonly path: DocumentPath };

/** A condition that is named instead of written out; the path leads to the name. */
export type WrittenReference = { readonly name: string; readonly path: DocumentPath };

type WrittenCondition = { readonly condition: Condition; readonly path: DocumentPath };

/** Lists every criterion of the document, definition by definition, in the order in which they are written. */
export const walkCriteria = (agreement: Agreement): readonly WrittenCriterion[] =>
  walkConditions(agreement).flatMap(({ condition, path }) => {
    if (toDefinition(condition) || referenceOf(condition) !== undefined) return [];
    const [fact, comparison] = criterionOf(condition);
    return [{ fact, comparison, path: [...path, fact] }];
  });

/** Lists every definition of the document, each before those inside it. */
export const walkDefinitions = (agreement: Agreement): readonly WrittenDefinition[] =>
  walkConditions(agreement).flatMap(({ condition, path }) => {
    const definition = toDefinition(condition);
    return definition ? [{ definition, path }] : [];
  });

/** Lists every place at which a condition is named. */
export const walkReferences = (agreement: Agreement): readonly WrittenReference[] =>
  walkConditions(agreement).flatMap(({ condition, path }) => {
    const name = referenceOf(condition);
    return name === undefined ? [] : [{ name, path: [...path, 'condition'] }];
  });

const walkConditions = (agreement: Agreement): readonly WrittenCondition[] => rootsOf(agreement).flatMap(walk);

/** Lists the outermost conditions: of score lines, named conditions, segments, stages, process, promises and outcome. */
export function rootsOf(agreement: Agreement): readonly WrittenCondition[] {
  const { facts, conditions = {}, segments = [], stages, process, promises = [], outcome } = agreement;
  const { handOff, dispositions = [] } = process ?? {};
  const success = outcome && typeof outcome.success !== 'string' ? outcome.success : undefined;
  return [
    ...Object.entries(facts).flatMap(([name, fact]) =>
      'score' in fact
        ? fact.score.flatMap((line, index) => root('when' in line && line.when, 'facts', name, 'score', index, 'when'))
        : [],
    ),
    ...Object.entries(conditions).flatMap(([name, named]) => root(named, 'conditions', name)),
    ...segments.flatMap((segment, index) => root(segment.when, 'segments', index, 'when')),
    ...stages.flatMap((stage, index) => [
      ...root(stage.when, 'stages', index, 'when'),
      ...Object.entries(stage.whenIn ?? {}).flatMap(([id, own]) => root(own, 'stages', index, 'whenIn', id)),
    ]),
    ...(['accepted', 'rejected', 'recycled'] as const).flatMap((key) =>
      root(handOff?.[key], 'process', 'handOff', key),
    ),
    ...dispositions.flatMap((each, index) => root(each.when, 'process', 'dispositions', index, 'when')),
    ...promises.flatMap((promise, index) =>
      triggersOf(promise).flatMap(({ key, at, trigger }) =>
        root(typeof trigger === 'object' && 'when' in trigger && trigger.when, 'promises', index, key, at, 'when'),
      ),
    ),
    ...root(success, 'outcome', 'success'),
  ];
}

const root = (condition: Condition | undefined | false, ...path: DocumentPath): WrittenCondition[] =>
  condition ? [{ condition, path }] : [];

function walk(written: WrittenCondition): WrittenCondition[] {
  const definition = toDefinition(written.condition);
  return definition ? [written, ...partsOf(definition, written.path).flatMap(walk)] : [written];
}

/** Lists the entries of a definition's groups, with where they stand. */
export function partsOf({ all, any, none, atLeast }: Definition, path: DocumentPath): readonly WrittenCondition[] {
  const list = (conditions: readonly Condition[] | undefined, ...keys: readonly string[]) =>
    (conditions ?? []).map((condition, index) => ({ condition, path: [...path, ...keys, index] }));
  return [...list(all, 'all'), ...list(any, 'any'), ...list(none, 'none'), ...list(atLeast?.of, 'atLeast', 'of')];
}

/** Undefined when the condition is a single criterion or names another one. */
export function toDefinition(condition: Condition): Definition | undefined {
  const definition = condition as Definition;
  const { all, any, none, atLeast } = definition;
  return all || any || none || atLeast ? definition : undefined;
}

/** The name of the condition that stands for this one; undefined where it is written out. */
export function referenceOf(condition: Condition): string | undefined {
  const { condition: name } = condition as { condition?: unknown };
  return typeof name === 'string' ? name : undefined;
}

/** The fact's name and comparison of a condition that is a single criterion. */
export function criterionOf(condition: Condition): readonly [string, Comparison] {
  const [entry] = Object.entries(condition as Criterion);
  if (!entry) throw new Error('A criterion names no fact: the agreement was not checked.');
  return entry;
}
