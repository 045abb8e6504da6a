import type { Agreement, Comparison, Condition, Criterion, Definition } from './schema.ts';

export type DocumentPath = readonly (string | number)[];

/** One comparison in a stage's definition, with where it stands. */
export type WrittenCriterion = {
  readonly fact: string;
  readonly comparison: Comparison;
  /** Path from the root of the document to the fact's name. */
  readonly path: DocumentPath;
};

/** A group or a nest of groups, with where it stands. */
export type WrittenDefinition = { readonly definition: Definition; readonly path: DocumentPath };

/** Lists every criterion of every stage in the order of the document. */
export function walkCriteria(agreement: Agreement): readonly WrittenCriterion[] {
  return walkDefinitions(agreement).flatMap(({ definition, path }) =>
    partsOf(definition, path).flatMap((part) => {
      if (toDefinition(part.condition)) return [];
      const [fact, comparison] = criterionOf(part.condition);
      return [{ fact, comparison, path: [...part.path, fact] }];
    }),
  );
}

/** Lists every definition of every stage, each before those inside it. */
export function walkDefinitions(agreement: Agreement): readonly WrittenDefinition[] {
  return agreement.stages.flatMap((stage, index) => (stage.when ? walk(stage.when, ['stages', index, 'when']) : []));
}

function walk(definition: Definition, path: DocumentPath): WrittenDefinition[] {
  const inner = partsOf(definition, path).flatMap((part) => {
    const nested = toDefinition(part.condition);
    return nested ? walk(nested, part.path) : [];
  });
  return [{ definition, path }, ...inner];
}

function partsOf({ all, any, none, atLeast }: Definition, path: DocumentPath) {
  const list = (conditions: readonly Condition[] | undefined, ...keys: readonly string[]) =>
    (conditions ?? []).map((condition, index) => ({ condition, path: [...path, ...keys, index] }));
  return [...list(all, 'all'), ...list(any, 'any'), ...list(none, 'none'), ...list(atLeast?.of, 'atLeast', 'of')];
}

/** Undefined when the condition is a single criterion. */
export function toDefinition(condition: Condition): Definition | undefined {
  const definition: Definition = condition;
  const { all, any, none, atLeast } = definition;
  return all || any || none || atLeast ? definition : undefined;
}

/** The fact's name and comparison of a condition that is a single criterion. */
export function criterionOf(condition: Condition): readonly [string, Comparison] {
  const [entry] = Object.entries(condition as Criterion);
  if (!entry) throw new Error('A criterion names no fact: the agreement was not checked.');
  return entry;
}
