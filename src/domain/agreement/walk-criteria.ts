import type { Agreement, Comparison, Condition, Criterion, Definition } from './schema.ts';

/** One comparison in a stage's definition, with where it stands. */
export type WrittenCriterion = {
  readonly fact: string;
  readonly comparison: Comparison;
  /** Path from the root of the document to the fact's name. */
  readonly path: readonly (string | number)[];
};

/** Lists every criterion of every stage in the order of the document. */
export function walkCriteria(agreement: Agreement): readonly WrittenCriterion[] {
  return agreement.stages.flatMap((stage, index) => (stage.when ? walk(stage.when, ['stages', index, 'when']) : []));
}

function walk(condition: Condition, path: readonly (string | number)[]): WrittenCriterion[] {
  const definition = toDefinition(condition);
  if (!definition) {
    const [fact, comparison] = criterionOf(condition);
    return [{ fact, comparison, path: [...path, fact] }];
  }
  const lists = [
    { conditions: definition.all, at: ['all'] },
    { conditions: definition.any, at: ['any'] },
    { conditions: definition.none, at: ['none'] },
    { conditions: definition.atLeast?.of, at: ['atLeast', 'of'] },
  ];
  return lists.flatMap(
    ({ conditions, at }) => conditions?.flatMap((each, index) => walk(each, [...path, ...at, index])) ?? [],
  );
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
